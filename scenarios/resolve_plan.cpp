#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>

#include "scenarios/format.hpp"
#include "scenarios/resolver.hpp"
#include "scenarios/section.hpp"

namespace tcosim {
namespace {

template <class Words>
std::optional<std::size_t> one_of(const Scalar& scalar, const Words& allowed, std::string_view what, Report& report) {
  const auto found = std::find(allowed.begin(), allowed.end(), scalar.text);
  if (found != allowed.end()) return static_cast<std::size_t>(found - allowed.begin());
  report.error(scalar.place, fmt::format("'{}' is {}, not '{}'", what, enumerate(allowed, "or"), scalar.text),
               did_you_mean(scalar.text, to_strings(allowed)));
  return std::nullopt;
}

std::optional<Percentile> read_percentile(const Scalar& scalar, Report& report) {
  if (const std::optional<Percentile> percentile = parse_percentile(scalar.text)) return percentile;
  report.error(scalar.place, fmt::format("'{}' is no percentile", scalar.text),
               "write P80 or P97.5: above P0 and below P100");
  return std::nullopt;
}

}  // namespace

void Resolver::read_contingency() {
  ContingencyPlan& plan = out_.contingency;
  if (declarations_.base_rule) {
    if (const auto rule = one_of(*declarations_.base_rule, words::kBaseRules, "base", report_))
      plan.base = static_cast<BaseRule>(*rule);
  }
  if (declarations_.headline)
    if (const auto headline = read_percentile(*declarations_.headline, report_)) plan.headline = *headline;
  if (declarations_.targets) {
    plan.targets.clear();
    for (const Scalar& scalar : *declarations_.targets) {
      const std::optional<Percentile> target = read_percentile(scalar, report_);
      if (target && std::find(plan.targets.begin(), plan.targets.end(), *target) == plan.targets.end())
        plan.targets.push_back(*target);
    }
  }
  if (declarations_.flat) {
    plan.flat_percent.clear();
    for (const Scalar& scalar : *declarations_.flat)
      if (const auto percent = read_flat(scalar)) plan.flat_percent.push_back(*percent);
  }
  if (declarations_.budgets) {
    for (const Scalar& scalar : *declarations_.budgets) {
      const auto budget = read_money(scalar);
      if (!budget) continue;
      // A sum asked for again is tested once, in its last place: the option's come after the file's.
      std::erase(plan.budgets, *budget);
      plan.budgets.push_back(*budget);
    }
  }
}

// "15%": read as 15, not as 0.15 times 100, which is not 15 for every number.
std::optional<double> Resolver::read_flat(const Scalar& scalar) {
  const std::string& text = scalar.text;
  double percent = 0;
  const char* end = text.data() + text.size() - 1;
  const auto [stop, error] = std::from_chars(text.data(), end, percent);
  if (text.back() == '%' && error == std::errc() && stop == end && std::isfinite(percent) && percent >= 0)
    return percent;
  report_.error(scalar.place, fmt::format("'{}' is no percentage", text),
                "write for example '15%': a share to put on top of the base");
  return std::nullopt;
}

std::optional<double> Resolver::read_money(const Scalar& scalar) {
  const Expression expression = parse_scalar(scalar, report_);
  if (!expression.ok) return std::nullopt;
  prepare(expression, Scope::Use::setting);
  Scope scope;
  scope.expression = &expression;
  scope.what = "a budget";
  const std::optional<Value> value = certain_value(scope, expression.parsed.root);
  if (!value) return std::nullopt;
  if (value->unit.text().empty()) return *value->certain;
  if (const auto factor = units_.factor(value->unit, currency_)) return *value->certain * *factor;
  report_.error(scalar.place,
                fmt::format("a budget is a sum in {}, and '{}' is in {}",
                            has_currency() ? out_.currency : "plain numbers", scalar.text, in_words(value->unit)));
  return std::nullopt;
}

void Resolver::read_run() {
  if (declarations_.sampling) {
    if (const auto sampling = one_of(*declarations_.sampling, words::kSamplings, "sampling", report_))
      out_.sampling = static_cast<Sampling>(*sampling);
  }
  if (declarations_.seed) {
    const std::string& text = declarations_.seed->text;
    std::uint64_t seed = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), seed);
    if (error == std::errc() && end == text.data() + text.size()) {
      out_.seed = seed;
    } else {
      report_.error(declarations_.seed->place, fmt::format("'{}' is no seed", text),
                    "a whole number from 0 to 18446744073709551615");
    }
  }
  if (!declarations_.draws) return;
  const Expression expression = parse_scalar(*declarations_.draws, report_);
  if (!expression.ok) return;
  const Syntax& root = expression.parsed.root;
  constexpr double kMostDraws = 1e12;
  const bool whole = root.kind == Syntax::Kind::number && root.number == std::floor(root.number);
  if (whole && root.number >= 1 && root.number <= kMostDraws) {
    out_.draws = static_cast<std::uint64_t>(root.number);
  } else {
    report_.error(declarations_.draws->place, fmt::format("'{}' is no number of draws", expression.scalar.text),
                  "a whole number such as 1e6, 2M or 500_000");
  }
}

}  // namespace tcosim
