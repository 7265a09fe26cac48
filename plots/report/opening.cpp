// The opening of a run's page: the answer, three numbers, and the slider that moves the first two along the S-curve.
#include <cmath>
#include <nlohmann/json.hpp>

#include "plots/answer.hpp"
#include "plots/numbers.hpp"
#include "plots/report/run_sections.hpp"

namespace tcosim::report {
namespace {

constexpr double kUsualFlatPercent = 15;  // the rule of thumb that people know

std::string interval_words(const SamplingInterval& interval, const Money& money) {
  if (!interval.low || !interval.high) return "";
  return fmt::format("95% interval {} to {}", money.amount(*interval.low), money.amount(*interval.high));
}

std::string percent_words(const std::optional<double>& percent) {
  return percent ? text::percent_of_base(percent) + " of the base estimate" : "the base estimate is not positive";
}

/// The interval of the headline's budget, which stands among the percentiles.
SamplingInterval headline_interval(const Result& result) {
  for (const PercentileValue& percentile : result.total.percentiles)
    if (percentile.name == result.headline) return percentile.interval;
  return {};
}

std::string value_of(const std::optional<double>& value) {
  return value ? full(*value) : "";
}

Markup budget_card(const Result& result, const ContingencyRow& row, const Money& money) {
  return markup(
      "<div class=\"card\"><h3>Budget to be <span class=\"sure\">{}</span> sure</h3>\n"
      "<p class=\"figure\" id=\"budget\" data-value=\"{}\">{}</p>\n<p class=\"detail\" "
      "id=\"budget-interval\">{}</p></div>\n",
      text::sureness(row.target), full(row.budget), money(row.budget),
      interval_words(headline_interval(result), money));
}

Markup contingency_card(const Result& result, const ContingencyRow& row, const Money& money) {
  return markup(
      "<div class=\"card\"><h3>Contingency over the base estimate</h3>\n"
      "<p class=\"figure\" id=\"contingency\" data-value=\"{}\">{}</p>\n"
      "<p class=\"detail\"><span id=\"contingency-percent\" data-value=\"{}\">{}</span>{}</p></div>\n",
      full(row.contingency), money(row.contingency), value_of(row.percent), percent_words(row.percent),
      " (" + money(result.base.value) + ")");
}

struct Chance {
  std::string what;
  double confidence = 0;
};

/// The user's own sums first, then the base estimate and a flat rule.
std::vector<Chance> chances(const Result& result, const Money& money) {
  std::vector<Chance> list;
  for (const BudgetRow& row : result.budgets) list.push_back({"a budget of " + money(row.budget), row.confidence});
  list.push_back({"the base estimate of " + money(result.base.value), result.base.confidence});
  if (result.base.value > 0) {
    const FlatRow* flat = nullptr;
    for (const FlatRow& row : result.flat)
      if (flat == nullptr || row.percent == kUsualFlatPercent) flat = &row;
    if (flat != nullptr)
      list.push_back(
          {fmt::format("a flat {}% ({})", text::significant(flat->percent, 6), money(flat->budget)), flat->confidence});
  }
  return list;
}

Markup chance_card(const Result& result, const Money& money) {
  const std::vector<Chance> list = chances(result, money);
  Markup others;
  for (std::size_t i = 1; i < list.size(); ++i)
    others += markup("<li><strong data-value=\"{}\">{}</strong> for {}</li>", full(list[i].confidence),
                     text::percent(list[i].confidence), list[i].what);
  return markup(
      "<div class=\"card\"><h3>Chance that {} is enough</h3>\n"
      "<p class=\"figure\" id=\"chance\" data-value=\"{}\">{}</p>\n<ul class=\"detail\">{}</ul></div>\n",
      list.front().what, full(list.front().confidence), text::percent(list.front().confidence), others);
}

std::string spoken(const CurvePoint& point, const Money& money) {
  return fmt::format("{} sure: budget {}, contingency {}", text::percent(point.confidence), money(point.budget),
                     money(point.contingency));
}

/// The place on the curve that is nearest to the headline.
std::size_t start_of(const Result& result, double headline) {
  std::size_t nearest = 0;
  for (std::size_t i = 0; i < result.curve.size(); ++i)
    if (std::abs(result.curve[i].confidence - headline) < std::abs(result.curve[nearest].confidence - headline))
      nearest = i;
  return nearest;
}

double headline_probability(const Result& result) {
  for (const PercentileValue& percentile : result.total.percentiles)
    if (percentile.name == result.headline) return percentile.probability;
  return 0.8;
}

Markup slider(const Result& result, const ContingencyRow& row, const Money& money) {
  if (result.curve.empty()) return {};
  const std::size_t start = start_of(result, headline_probability(result));
  return markup(
      "<div class=\"slider controls\" id=\"slider\" hidden>\n"
      "<label for=\"confidence\">How sure do you want to be?</label>\n"
      "<div class=\"slider-row\"><input type=\"range\" id=\"confidence\" min=\"1\" max=\"{0}\" step=\"1\" "
      "value=\"{1}\" aria-valuetext=\"{2}\">\n"
      "<span class=\"slider-number\"><input type=\"number\" id=\"confidence-number\" min=\"1\" max=\"{0}\" "
      "step=\"1\" value=\"{1}\" aria-label=\"Confidence in per cent\" inputmode=\"numeric\"> %</span>\n"
      "<button type=\"button\" id=\"confidence-reset\">Back to {3}</button></div>\n"
      "<p class=\"note\">Moves the budget, the contingency and the mark in the S-curve. All are figures of the "
      "simulation, P1 to P{0}.</p></div>\n",
      result.curve.size(), start + 1, spoken(result.curve[start], money), row.target);
}

}  // namespace

Money::Money(const Result& result) : decimals(text::decimals_for(result.total.mean)), unit(result.currency) {}

std::string Money::amount(double value) const {
  return text::grouped(value, decimals);
}

std::string Money::operator()(double value) const {
  return text::with_unit(amount(value), unit);
}

std::string in_currency(const std::string& currency) {
  return currency.empty() ? "" : ", " + currency;
}

Markup opening(const Result& result) {
  const Money money(result);
  const ContingencyRow* row = text::headline_row(result);
  if (row == nullptr) return {};
  return markup(
      "<section id=\"answer\" class=\"answer\" aria-labelledby=\"answer-title\">\n"
      "<h2 id=\"answer-title\" class=\"visually-hidden\">The answer</h2>\n"
      "<p id=\"headline-sentence\">{}</p>\n<div class=\"cards\">\n{}{}{}</div>\n{}</section>\n",
      text::answer_sentence(result), budget_card(result, *row, money), contingency_card(result, *row, money),
      chance_card(result, money), slider(result, *row, money));
}

std::string curve_words(const Result& result) {
  const Money money(result);
  nlohmann::ordered_json list = nlohmann::ordered_json::array();
  for (const CurvePoint& point : result.curve) {
    list.push_back({{"sure", text::percent(point.confidence)},
                    {"budget", money(point.budget)},
                    {"interval", interval_words(point.interval, money)},
                    {"contingency", money(point.contingency)},
                    {"percent", percent_words(point.percent)},
                    {"spoken", spoken(point, money)}});
  }
  return json_in_script(list.dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace));
}

}  // namespace tcosim::report
