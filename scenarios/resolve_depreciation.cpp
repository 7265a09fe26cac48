// Straight-line depreciation as a rate of money per time, from the scenario format's `depreciation(...)`.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

#include "scenarios/resolver.hpp"

namespace tcosim {
namespace {

constexpr std::array<std::string_view, 4> kParameters{"purchase", "useful_life", "share", "salvage"};
constexpr const char* kForm = "depreciation(purchase, useful_life, share, salvage=0)";

}  // namespace

// The index of each parameter's argument, by position or name; nothing after an error.
std::optional<std::array<const Syntax*, 4>> Resolver::match_depreciation(Scope& scope, const Syntax& syntax) {
  std::array<const Syntax*, 4> arguments{};
  for (std::size_t i = 0; i < syntax.children.size(); ++i) {
    const std::string& name = syntax.argument_names[i];
    const auto* found = std::find(kParameters.begin(), kParameters.end(), name);
    const std::size_t position = name.empty() ? i : static_cast<std::size_t>(found - kParameters.begin());
    if (position < arguments.size() && arguments[position] == nullptr) {
      arguments[position] = &syntax.children[i];
      continue;
    }
    const std::string what = position < arguments.size() ? fmt::format("has '{}' twice", kParameters[position])
                             : name.empty()              ? "takes four values at most"
                                                         : fmt::format("has no '{}'", name);
    report_.error(at(scope, name.empty() ? syntax.children[i].range : syntax.argument_name_ranges[i]),
                  "depreciation() " + what, kForm);
    return std::nullopt;
  }
  for (std::size_t i = 0; i < 3; ++i) {
    if (arguments[i] != nullptr) continue;
    report_.error(at(scope, syntax.range), fmt::format("depreciation() needs '{}'", kParameters[i]), kForm);
    return std::nullopt;
  }
  return arguments;
}

// The share within 0 to 1. A distribution may leave the range in one draw of a thousand, as '30% to 50%' does
// in its tail; there it is held at the end of the range.
std::optional<Value> Resolver::depreciation_share(Scope& scope, const Syntax& syntax, Value value) {
  constexpr double kNoticeableChance = 0.001;
  std::optional<Value> share = plain(scope, syntax, std::move(value), "the share");
  if (!share) return std::nullopt;
  if (share->certain) {
    if (*share->certain >= 0 && *share->certain <= 1) return share;
    report_.error(at(scope, syntax.range),
                  fmt::format("the share must lie between 0 and 1, and this is {}", *share->certain));
    return std::nullopt;
  }
  const std::optional<AffineForm> form = affine_form(scope.builder.finish(share->node), forms_);
  if (!form || !form->variable || form->factor == 0) return share;
  const Distribution& drawn = out_.variables[*form->variable].distribution;
  const double zero = -form->location / form->factor, one = (1 - form->location) / form->factor;
  const double outside =
      cdf(drawn, std::nextafter(std::min(zero, one), -INFINITY)) + survival(drawn, std::max(zero, one));
  if (outside > kNoticeableChance) {
    report_.error(
        at(scope, syntax.range),
        fmt::format("the share must lie between 0 and 1, and this does not with a chance of {:.2g}%", 100 * outside),
        "bound it: 'truncate(..., low=0, high=1)'");
    return std::nullopt;
  }
  if (outside == 0) return share;
  FormulaBuilder& builder = scope.builder;
  share->node = builder.apply(Op::maximum, {share->node, builder.constant(0)});
  share->node = builder.apply(Op::minimum, {share->node, builder.constant(1)});
  return share;
}

std::optional<Value> Resolver::resolve_depreciation(Scope& scope, const Syntax& syntax) {
  if (scope.use != Scope::Use::line) {
    report_.error(at(scope, syntax.range), "depreciation() can be used in cost lines only: it runs over their 'when'");
    return std::nullopt;
  }
  const auto arguments = match_depreciation(scope, syntax);
  if (!arguments) return std::nullopt;
  std::array<std::optional<Value>, 4> values;
  for (std::size_t i = 0; i < values.size(); ++i)
    if ((*arguments)[i] != nullptr && !(values[i] = resolve(scope, *(*arguments)[i]))) return std::nullopt;

  // units and ranges
  const Value& life = *values[1];
  const std::optional<double> months = units_.factor(life.unit, month_);
  if (!months || (life.certain && *life.certain <= 0)) {
    report_.error(at(scope, (*arguments)[1]->range),
                  months ? fmt::format("the useful life must be positive, not {}", *life.certain)
                         : fmt::format("the useful life is a time such as '3 years', not {}", in_words(life.unit)));
    return std::nullopt;
  }
  const std::optional<Value> share = depreciation_share(scope, *(*arguments)[2], *values[2]);
  std::optional<Value> loss = *values[0];
  if (values[3]) {
    loss = apply_same_unit(scope, syntax, Op::subtract, *values[0], *values[3], *(*arguments)[3],
                           "subtracts {1} from {0}");
  }
  if (!share || !loss) return std::nullopt;

  // The rate counts for the life at most: scaled here so that rate times `when` is what is lost within it.
  FormulaBuilder& builder = scope.builder;
  Value out{builder.apply(Op::divide, {loss->node, life.node}), units_.divide(loss->unit, life.unit), std::nullopt,
            false};
  out.node = builder.apply(Op::multiply, {out.node, share->node});
  const double length = length_in_months(scope.when, calendar_.horizon_months);
  const std::uint32_t life_months = builder.times(life.node, *months);
  if (!life.certain || *life.certain * *months < length) {
    const std::uint32_t running = builder.apply(Op::minimum, {life_months, builder.constant(length)});
    out.node = builder.apply(Op::multiply, {out.node, builder.apply(Op::divide, {running, builder.constant(length)})});
  }
  scope.life = builder.finish(life_months);
  return out;
}

}  // namespace tcosim
