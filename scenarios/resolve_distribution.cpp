#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <span>
#include <utility>

#include "distributions/catalogue.hpp"
#include "scenarios/data_call.hpp"
#include "scenarios/resolver.hpp"
#include "scenarios/section.hpp"

namespace tcosim {
namespace {

// A written argument: its numbers or its distribution, in `unit`.
struct Written {
  std::vector<double> numbers;
  std::optional<Distribution> distribution;
  bool list = false;
  bool fits_any_unit = false;  // only zeros
  Unit unit;
};

bool carries_unit(Role role) {
  return role == Role::location || role == Role::scale || role == Role::rate || role == Role::distribution;
}

/// A distribution is called for in it.
bool draws(const Syntax& syntax) {
  if (syntax.kind == Syntax::Kind::call && (find_family(syntax.text) != nullptr || is_data_call(syntax))) return true;
  if (syntax.kind == Syntax::Kind::binary && syntax.text == "to") return true;
  return std::any_of(syntax.children.begin(), syntax.children.end(), draws);
}

Argument to_argument(Written written) {
  if (written.distribution) return std::move(*written.distribution);
  if (written.list) return std::move(written.numbers);
  return written.numbers[0];
}

}  // namespace

// The whole way of one call: signature, arguments, one unit for all that carry it, binding.
class CallBinder {
 public:
  CallBinder(Resolver& resolver, Scope& scope, const Syntax& call, const Family& family)
      : resolver_(resolver), scope_(scope), call_(call), family_(family) {}

  std::optional<DistributionValue> bind_call() {
    const Expected<Match, BindError> match = match_signature(family_, call_.argument_names);
    if (!match) return report(match.error());
    std::vector<NamedArgument> arguments;
    std::vector<Written> written;
    for (std::size_t i = 0; i < call_.children.size(); ++i) {
      const Parameter& parameter = match->parameter(i);
      std::optional<Written> argument = write(call_.children[i], parameter);
      if (argument) written.push_back(std::move(*argument));
    }
    if (written.size() != call_.children.size()) return std::nullopt;
    const auto role = [&](std::size_t i) { return match->parameter(i).role; };
    const Unit unit = common_unit(written, role);
    for (std::size_t i = 0; i < written.size(); ++i) {
      if (!convert(written[i], i, role(i), unit)) return std::nullopt;
      arguments.push_back({call_.argument_names[i], to_argument(std::move(written[i]))});
    }
    Expected<Distribution, BindError> bound = bind_once(family_, arguments, resolver_.cache_);
    if (!bound) return report(bound.error());
    return DistributionValue{std::move(bound).value(), unit};
  }

 private:
  std::optional<Written> write(const Syntax& syntax, const Parameter& parameter) {
    // A number is a distribution too, mixture(normal(10, 2), 5); a name is none.
    std::vector<const Syntax*> names;
    collect_names(syntax, names);
    if (parameter.takes_distribution() && (draws(syntax) || (!parameter.repeated && !names.empty()))) {
      std::optional<DistributionValue> value = resolver_.distribution_of(scope_, syntax);
      if (value) return Written{{}, std::move(value->distribution), false, false, value->unit};
      return std::nullopt;
    }
    Written out;
    out.list = syntax.kind == Syntax::Kind::list;
    const std::span<const Syntax> elements =
        out.list ? std::span<const Syntax>(syntax.children) : std::span(&syntax, 1);
    for (const Syntax& element : elements) {
      const std::optional<Value> value = resolver_.certain_value(scope_, element);
      if (!value) return std::nullopt;
      const bool zero = value->bare_zero;
      if (out.numbers.empty() || out.fits_any_unit) out.unit = value->unit;
      out.fits_any_unit = zero && (out.numbers.empty() || out.fits_any_unit);
      const std::optional<double> factor = zero ? 1.0 : resolver_.units_.factor(value->unit, out.unit);
      if (!factor) return mismatch(element, value->unit, out.unit);
      out.numbers.push_back(*value->certain * *factor);
    }
    return out;
  }

  template <class RoleOf>
  Unit common_unit(const std::vector<Written>& written, const RoleOf& role) {
    for (std::size_t i = 0; i < written.size(); ++i) {
      if (!carries_unit(role(i)) || written[i].fits_any_unit) continue;
      return role(i) == Role::rate ? resolver_.units_.divide(Unit(), written[i].unit) : written[i].unit;
    }
    return {};
  }

  bool convert(Written& written, std::size_t i, Role role, const Unit& common) {
    if (written.fits_any_unit) return true;
    Unit wanted = carries_unit(role) ? common : Unit();
    if (role == Role::rate) wanted = resolver_.units_.divide(Unit(), common);
    const std::optional<double> factor = resolver_.units_.factor(written.unit, wanted);
    if (!factor) return mismatch(call_.children[i], written.unit, wanted).has_value();
    for (double& number : written.numbers) number *= *factor;
    if (written.distribution && *factor != 1) written.distribution = affine(*written.distribution, 0, *factor);
    return true;
  }

  std::optional<Written> mismatch(const Syntax& syntax, const Unit& unit, const Unit& wanted) {
    resolver_.report_.error(
        resolver_.at(scope_, syntax.range),
        fmt::format("{}: '{}' is {}{}, and {}{} is wanted here", Resolver::text(scope_, call_.range),
                    Resolver::text(scope_, syntax.range), unit.text().empty() ? "" : "in ", Resolver::in_words(unit),
                    wanted.text().empty() ? "" : "a value in ", Resolver::in_words(wanted)),
        "give one unit behind the call, or the same kind to each value");
    return std::nullopt;
  }

  std::optional<DistributionValue> report(const BindError& error) {
    TextRange range = call_.range;
    if (error.argument && *error.argument < call_.children.size()) {
      const bool name = !error.suggestion.empty() && call_.argument_name_ranges[*error.argument].length > 0;
      range = name ? call_.argument_name_ranges[*error.argument] : call_.children[*error.argument].range;
    }
    resolver_.report_.error(resolver_.at(scope_, range),
                            fmt::format("{}: {}", Resolver::text(scope_, call_.range), error.message),
                            error.suggestion.empty() ? "" : fmt::format("did you mean '{}'?", error.suggestion));
    return std::nullopt;
  }

  Resolver& resolver_;
  Scope& scope_;
  const Syntax& call_;
  const Family& family_;
};

std::optional<DistributionValue> Resolver::bind_call(Scope& scope, const Syntax& syntax) {
  if (is_data_call(syntax)) return resolve_data_call(scope, syntax);
  return CallBinder(*this, scope, syntax, *find_family(syntax.text)).bind_call();
}

std::optional<DistributionValue> Resolver::bind_interval(Scope& scope, const Syntax& syntax) {
  const std::optional<Value> low = certain_value(scope, syntax.children[0]);
  const std::optional<Value> high = certain_value(scope, syntax.children[1]);
  if (!low || !high) return std::nullopt;
  const Unit unit = low->bare_zero ? high->unit : low->unit;
  const std::optional<double> factor = high->bare_zero ? 1.0 : units_.factor(high->unit, unit);
  if (!factor) {
    report_.error(at(scope, syntax.children[1].range),
                  fmt::format("the range runs from {} to {}", in_words(low->unit), in_words(high->unit)),
                  "give both ends the same kind of unit");
    return std::nullopt;
  }
  Expected<Distribution, BindError> bound = interval_90(*low->certain, *high->certain * *factor);
  if (bound) return DistributionValue{std::move(bound).value(), unit};
  const std::size_t end = bound.error().argument.value_or(0);
  report_.error(at(scope, syntax.children[std::min<std::size_t>(end, 1)].range),
                fmt::format("{}: {}", text(scope, syntax.range), bound.error().message));
  return std::nullopt;
}

// The distribution that a parameter such as truncate's first asks for: a call, or a call scaled and shifted by
// certain numbers.
std::optional<DistributionValue> Resolver::distribution_of(Scope& scope, const Syntax& syntax) {
  const auto scaled = [](DistributionValue value, double location, double factor) {
    if (factor != 1 || location != 0) value.distribution = affine(std::move(value.distribution), location, factor);
    return value;
  };
  if (is_data_call(syntax) || (syntax.kind == Syntax::Kind::call && find_family(syntax.text) != nullptr))
    return bind_call(scope, syntax);
  if (syntax.kind == Syntax::Kind::binary && syntax.text == "to") return bind_interval(scope, syntax);
  if (syntax.kind == Syntax::Kind::with_unit) {
    const std::optional<Unit> unit = parse_unit(scope.expression->scalar, syntax);
    std::optional<DistributionValue> inner = distribution_of(scope, syntax.children[0]);
    if (!unit || !inner) return std::nullopt;
    if (inner->unit.text().empty()) return DistributionValue{std::move(inner->distribution), *unit};
    report_.error(at(scope, syntax.name_range),
                  fmt::format("this is in {} already and cannot be in {} too", in_words(inner->unit), in_words(*unit)));
    return std::nullopt;
  }
  if (syntax.kind == Syntax::Kind::percent || syntax.kind == Syntax::Kind::unary) {
    if (syntax.text == "not") return not_a_distribution(scope, syntax);
    std::optional<DistributionValue> inner = distribution_of(scope, syntax.children[0]);
    if (!inner) return std::nullopt;
    return scaled(std::move(*inner), 0, syntax.kind == Syntax::Kind::percent ? 0.01 : -1);
  }
  if (syntax.kind == Syntax::Kind::binary && std::string_view("+-*/").find(syntax.text) != std::string_view::npos)
    return affine_distribution(scope, syntax);
  return not_a_distribution(scope, syntax);
}

std::optional<DistributionValue> Resolver::not_a_distribution(Scope& scope, const Syntax& syntax) {
  report_.error(at(scope, syntax.range), fmt::format("'{}' is not a distribution", text(scope, syntax.range)),
                "a distribution such as normal(10, 2) is wanted here; to bound an expression, use min and max");
  return std::nullopt;
}

std::optional<DistributionValue> Resolver::affine_distribution(Scope& scope, const Syntax& syntax) {
  const bool left = draws(syntax.children[0]), right = draws(syntax.children[1]);
  if (left == right || (right && syntax.text == "/")) return not_a_distribution(scope, syntax);
  std::optional<DistributionValue> drawn = distribution_of(scope, syntax.children[left ? 0 : 1]);
  const Syntax& other = syntax.children[left ? 1 : 0];
  const std::optional<Value> number = certain_value(scope, other);
  if (!drawn || !number) return std::nullopt;

  const bool product = syntax.text == "*" || syntax.text == "/";
  double factor = 1, location = 0;
  if (product) {
    factor = syntax.text == "*" ? *number->certain : 1 / *number->certain;
    drawn->unit =
        syntax.text == "*" ? units_.multiply(drawn->unit, number->unit) : units_.divide(drawn->unit, number->unit);
  } else {
    const std::optional<double> to = number->bare_zero ? 1.0 : units_.factor(number->unit, drawn->unit);
    if (!to) {
      report_.error(at(scope, other.range), fmt::format("this is in {}, the distribution in {}", in_words(number->unit),
                                                        in_words(drawn->unit)));
      return std::nullopt;
    }
    const bool subtract = syntax.text == "-";
    location = *number->certain * *to * (subtract && left ? -1 : 1);
    factor = subtract && !left ? -1 : 1;
  }
  if (factor == 0 || !std::isfinite(factor)) return not_a_distribution(scope, syntax);
  if (factor != 1 || location != 0) drawn->distribution = affine(std::move(drawn->distribution), location, factor);
  return drawn;
}

}  // namespace tcosim
