// The page of `compare`.
#include <algorithm>

#include "plots/compare_sections.hpp"
#include "plots/compare_text.hpp"
#include "plots/numbers.hpp"
#include "plots/report/figures.hpp"
#include "plots/report/html_table.hpp"
#include "plots/report/page.hpp"
#include "plots/report/run_sections.hpp"
#include "plots/sentences.hpp"

namespace tcosim {
namespace report {
namespace {

Cell estimate(const Estimate& estimate, int decimals) {
  return number(estimate.value, text::grouped(estimate.value, decimals));
}

Cell ends(const Estimate& estimate, int decimals) {
  return interval({estimate.low, estimate.high}, decimals);
}

std::string shown(const std::string& label, const std::string& name) {
  return label.empty() ? name : label;
}

Markup compare_opening(const CompareResult& result) {
  Markup warnings;
  for (const std::string& warning : result.warnings) warnings += markup("<p class=\"note\">{}.</p>\n", warning);
  const int decimals = text::total_decimals(result);
  Markup cards;
  for (const ComparedScenario& scenario : result.scenarios) {
    const auto budget = std::ranges::find(scenario.percentiles, result.headline, &PercentileValue::name);
    if (budget == scenario.percentiles.end()) continue;
    cards += markup(
        "<div class=\"card\"><h3>{}</h3>\n<p class=\"figure\" data-value=\"{}\">{}</p>\n"
        "<p class=\"detail\">budget at {}; mean {}; the cheapest in {} of the draws</p></div>\n",
        scenario.name, full(budget->value), text::with_unit(text::grouped(budget->value, decimals), result.currency),
        result.headline, text::grouped(scenario.mean.value, decimals), text::percent(scenario.cheapest.value));
  }
  return markup(
      "<section id=\"answer\" class=\"answer\" aria-labelledby=\"answer-title\">\n"
      "<h2 id=\"answer-title\" class=\"visually-hidden\">The answer</h2>\n"
      "<p id=\"headline-sentence\">{}</p>\n{}<div class=\"cards\">\n{}</div>\n</section>\n",
      text::compare_answer(result), warnings, cards);
}

Markup scenarios_table(const CompareResult& result) {
  const int decimals = text::total_decimals(result);
  Table table{"table-scenarios", "What each costs" + in_currency(result.currency), {{"Scenario", false}}, {}};
  for (const char* head : {"Base", "Mean", "Standard deviation"}) table.heads.push_back({head});
  for (const PercentileValue& p : result.scenarios[0].percentiles) table.heads.push_back({p.name});
  for (const BudgetRow& budget : result.scenarios[0].budgets)
    table.heads.push_back({"Within " + text::grouped(budget.budget, 0)});
  table.heads.push_back({"Cheapest in"});
  for (const ComparedScenario& scenario : result.scenarios) {
    Row row{{words(scenario.name)}};
    for (const double value : {scenario.base, scenario.mean.value, scenario.sd})
      row.cells.push_back(number(value, text::grouped(value, decimals)));
    for (const PercentileValue& p : scenario.percentiles)
      row.cells.push_back(number(p.value, text::grouped(p.value, decimals)));
    for (const BudgetRow& budget : scenario.budgets)
      row.cells.push_back(number(budget.confidence, text::percent(budget.confidence)));
    row.cells.push_back(number(scenario.cheapest.value, text::percent(scenario.cheapest.value)));
    table.rows.push_back(std::move(row));
  }
  table.note = markup("Cheapest: the share of draws in which no other costs less; ties are shared.");
  return render(table);
}

Markup differences_table(const CompareResult& result) {
  Table table{"table-differences",
              "Difference from " + result.scenarios[0].name + in_currency(result.currency),
              {{"Scenario", false}, {"Of the", false}, {"Difference"}, {"In per cent"}, {"95% interval"}},
              {}};
  for (const ScenarioDifference& row : result.differences) {
    for (const StatisticDifference& s : row.statistics) {
      const int decimals = text::amount_decimals(result, s.difference.value);
      table.rows.push_back(
          {{words(result.scenarios[row.scenario].name), words(s.statistic), estimate(s.difference, decimals),
            s.percent ? number(*s.percent, text::grouped(*s.percent, 1) + "%") : nothing(),
            ends(s.difference, decimals)},
           s.statistic == result.headline ? "headline" : ""});
    }
  }
  table.note = markup(
      "Less than 0 is cheaper. All scenarios share their random numbers: what has the same name in two of them is high "
      "or low in both, so that differences are known better than the totals.");
  return render(table);
}

Markup compared_lines_table(const CompareResult& result, const std::vector<ComparedLine>& lines, const char* id,
                            const char* caption) {
  if (lines.empty()) return {};
  const int decimals = text::total_decimals(result);
  Table table{id, caption + in_currency(result.currency), {{"Line", false}}, {}};
  for (const ComparedScenario& scenario : result.scenarios) table.heads.push_back({"Mean, " + scenario.name});
  for (std::size_t s = 1; s < result.scenarios.size(); ++s) {
    const std::string suffix = result.scenarios.size() > 2 ? ", " + result.scenarios[s].name : "";
    table.heads.push_back({"Difference of the means" + suffix});
    table.heads.push_back({"Part in that of " + result.headline + suffix});
  }
  for (const ComparedLine& line : lines) {
    const Markup risk = line.kind == "risk" ? markup(" <span class=\"badge\">risk</span>") : Markup{};
    Row row{{{escaped(shown(line.label, line.name)) + risk, line.name}}, line.kind, line.category};
    for (const auto& mean : line.means)
      row.cells.push_back(mean ? number(*mean, text::grouped(*mean, decimals)) : nothing());
    for (const auto& difference : line.differences) {
      row.cells.push_back(difference ? estimate(difference->mean, decimals) : nothing());
      row.cells.push_back(difference ? number(difference->headline, text::grouped(difference->headline, decimals))
                                     : nothing());
    }
    table.rows.push_back(std::move(row));
  }
  return render(table);
}

Markup dominance_table(const CompareResult& result) {
  if (result.dominance.empty()) return {};
  Table table{"table-dominance",
              "Does one beat the other at every budget?",
              {{"Cheaper on average", false},
               {"Against", false},
               {"At every budget", false},
               {"For those who dislike risk", false}},
              {}};
  for (const DominanceRow& row : result.dominance)
    table.rows.push_back({{words(result.scenarios[row.better].name), words(result.scenarios[row.worse].name),
                           words(row.first_order.verdict), words(row.risk_averse.verdict)}});
  table.note = markup(
      "Holds: in these draws, which cannot prove it; unclear: violated by less than the sampling error. At every "
      "budget: it keeps within any budget at least as often. For those who dislike risk: the average of its worst "
      "draws "
      "is nowhere higher. The worst {} of the draws were left aside.",
      text::percent(1 - result.dominance_up_to));
  return render(table);
}

Markup flips_table(const CompareResult& result) {
  if (result.run.sensitivity_draws == 0) return {};
  if (result.flips.empty())
    return markup("<p>No value of a single input between its P1 and its P99 turns the choice around.</p>\n");
  Table table{"table-flips",
              "Where the choice flips",
              {{"Input", false},
               {"Against", false},
               {"Value"},
               {"Unit", false},
               {"Percentile"},
               {"Below it cheaper", false},
               {"Above it cheaper", false},
               {"95% interval"}},
              {}};
  for (const Flip& flip : result.flips)
    table.rows.push_back({{words(shown(flip.label, flip.input)), words(result.scenarios[flip.scenario].name),
                           number(flip.value, text::significant(flip.value)), words(flip.unit),
                           number(flip.percentile, fmt::format("P{:.0f}", 100 * flip.percentile)),
                           words(result.scenarios[flip.below].name), words(result.scenarios[flip.above].name),
                           flip.low && flip.high ? number(*flip.low, text::significant(*flip.low) + " to " +
                                                                         text::significant(*flip.high))
                                                 : nothing()}});
  return render(table);
}

Markup information_table(const CompareResult& result) {
  const PerfectInformation& information = result.information;
  const int decimals = text::amount_decimals(result, information.value.value);
  Table table{"table-information",
              "What it is worth to find out more before choosing" + in_currency(result.currency),
              {{"What", false}, {"Worth up to"}, {"Of all"}, {"95% interval"}},
              {}};
  table.rows.push_back({{words("Everything"), estimate(information.value, decimals), number(1, "100%"),
                         ends(information.value, decimals)},
                        "headline"});
  for (const InformationRow& row : information.inputs)
    if (row.above_noise)
      table.rows.push_back({{words(shown(row.label, row.name)), estimate(row.value, decimals),
                             number(row.share, text::percent(row.share)), ends(row.value, decimals)}});
  table.note = markup(
      "What one who chooses {} now pays more on average than one who knew. The worth of several inputs does not add "
      "up; "
      "inputs that are not listed are worth nothing that these draws can tell from 0.",
      result.scenarios[information.choice].name);
  return render(table);
}

Markup compare_notes(const CompareResult& result) {
  Markup notes;
  const auto note = [&](const char* head, const Markup& body) {
    notes += markup("<dt>{}</dt>\n<dd>{}</dd>\n", head, body);
  };
  const auto list = [](const std::vector<std::string>& names) {
    std::string all;
    for (const std::string& name : names) all += (all.empty() ? "" : ", ") + name;
    return all;
  };
  note(
      "Common random numbers",
      markup("{} draws, seed {}, shared by all scenarios: Monte Carlo by inversion, with random numbers that depend on "
             "the seed, the input's name and the number of the draw alone. Differences are taken draw by draw.",
             text::count(result.run.draws), result.run.seed));
  note("Intervals", markup("95%, of the sampling error alone. Those of differences of percentiles count that both come "
                           "from the same draws; those of chances are Wilson's (1927)."));
  if (!result.differing_inputs.empty())
    note("Same name, other values",
         markup("{}. They still share their random numbers.", list(result.differing_inputs)));
  if (!result.apart_inputs.empty())
    note("Same name, drawn apart",
         markup("{}. A high draw in one scenario need not be one in the other.", list(result.apart_inputs)));
  return markup("<dl class=\"notes\">\n{}</dl>\n", notes);
}

}  // namespace
}  // namespace report

std::string report_html(const CompareResult& result, std::span<const Chart> charts, const ReportSource& source) {
  using namespace report;
  Figures figures(charts);
  Page page;
  for (const ComparedScenario& scenario : result.scenarios)
    page.title += (page.title.empty() ? "" : " against ") + scenario.name;
  page.facts = {result.scenarios[0].horizon, result.currency, text::count(result.run.draws) + " common draws",
                source.date};
  page.answer = compare_opening(result);
  const auto add = [&](const char* id, const char* title, Markup body) {
    page.sections.push_back({id, title, std::move(body)});
  };
  add("scenarios-section", "What each costs", figures.take("compare-s-curve") + scenarios_table(result));
  add("differences-section", "How they differ", figures.take("paired-difference") + differences_table(result));
  add("lines-section", "Why they differ",
      figures.take("line-differences") +
          compared_lines_table(result, result.lines, "table-lines", "Lines, items and risks") +
          compared_lines_table(result, result.categories, "table-categories", "Categories"));
  add("choice-section", "What could change the choice",
      dominance_table(result) + flips_table(result) + information_table(result));
  add("more-section", "More charts", figures.rest());
  add("method-section", "How it was made", compare_notes(result));
  add("reproduce-section", "Reproduce it", reproduce(result.run, source));
  page.data = {{"result", result_json(to_json(result))}, {"charts", figures.json()}};
  return render(page);
}

}  // namespace tcosim
