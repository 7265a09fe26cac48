// The page of `levers`.
#include <algorithm>

#include "plots/levers_sections.hpp"
#include "plots/levers_text.hpp"
#include "plots/numbers.hpp"
#include "plots/report/figures.hpp"
#include "plots/report/html_table.hpp"
#include "plots/report/page.hpp"
#include "plots/report/run_sections.hpp"
#include "plots/sentences.hpp"

namespace tcosim {
namespace report {
namespace {

using text::LeverMoney;

std::string list(const std::vector<std::string>& names) {
  std::string all;
  for (const std::string& name : names) all += (all.empty() ? "" : ", ") + name;
  return all.empty() ? "none" : all;
}

std::string shown(const std::string& label, const std::string& name) {
  return label.empty() ? name : label;
}

Cell money_cell(const Estimate& estimate, const LeverMoney& money) {
  return number(estimate.value, money.amount(estimate.value));
}

Cell ends(const Estimate& estimate, const LeverMoney& money) {
  return interval({estimate.low, estimate.high}, money.decimals);
}

Markup card(const char* head, const std::string& value, const std::string& shown_value, const std::string& detail) {
  return markup(
      "<div class=\"card\"><h3>{}</h3>\n<p class=\"figure\" data-value=\"{}\">{}</p>\n"
      "<p class=\"detail\">{}</p></div>\n",
      head, value, shown_value, detail);
}

Markup levers_opening(const LeversResult& result, const LeverMoney& money) {
  const SetSaving& winner = result.winner;
  const std::string objective = "From " + money(result.baseline_objective.value) + " without them";
  Markup more;
  for (const std::string& sentence : {text::levers_order(result), text::levers_second_look(result)})
    if (!sentence.empty()) more += markup("<p class=\"lead\">{}</p>\n", sentence);
  return markup(
      "<section id=\"answer\" class=\"answer\" aria-labelledby=\"answer-title\">\n"
      "<h2 id=\"answer-title\" class=\"visually-hidden\">The answer</h2>\n"
      "<p id=\"headline-sentence\">{}</p>\n<div class=\"cards\">\n{}{}{}</div>\n{}</section>\n",
      text::levers_answer(result),
      card("Mean saving, after the levers' cost", full(winner.saving.value), money(winner.saving.value),
           "with " + list(winner.levers)),
      card("Total with them", full(winner.objective.value), money(winner.objective.value),
           result.objective + ". " + objective),
      card("Chance that they save anything", full(winner.probability.value), text::percent(winner.probability.value),
           "for " + money(winner.cost.value) + " of cost on average"),
      more);
}

Row saving_row(const std::string& name, const SetSaving& set, const LeverMoney& money) {
  return {{words(name), money_cell(set.cost, money), money_cell(set.gross, money), money_cell(set.saving, money),
           ends(set.saving, money), money_cell(set.p10, money), money_cell(set.p90, money),
           number(set.probability.value, text::percent(set.probability.value)),
           set.per_cost ? number(set.per_cost->value, text::times(set.per_cost->value)) : nothing(),
           number(set.base_saving, money.amount(set.base_saving)), money_cell(set.contingency_saving, money)}};
}

Markup alone_table(const LeversResult& result, const LeverMoney& money) {
  Table table{"table-levers",
              "What each lever saves alone, then together" + in_currency(result.currency),
              {{"Lever", false},
               {"Cost"},
               {"Gross saving"},
               {"Net saving"},
               {"95% interval"},
               {"P10"},
               {"P90"},
               {"Saves in"},
               {"Return"},
               {"Base lower by"},
               {"Contingency lower by"}},
              {}};
  Markup unavailable;
  for (const LeverRow& row : result.alone) {
    if (!row.unavailable.empty()) {
      unavailable += markup(" {} cannot be pulled: {}.", row.name, row.unavailable);
      continue;
    }
    const std::string with = row.needs.empty() ? "" : " with " + list(row.needs);
    table.rows.push_back(saving_row(shown(row.label, row.name) + with, row.effect, money));
  }
  table.foot.push_back(saving_row(result.all_together ? "All together" : "Most together", result.together, money));
  table.note = markup(
      "Gross: the mean saving before the lever's cost; net: after it. P10 and P90: the range of the net saving. "
      "Return: "
      "how many times its cost a lever saves.{}",
      unavailable);
  return render(table);
}

Markup credits_table(const LeversResult& result, const LeverMoney& money) {
  if (result.shapley.shares.empty()) return {};
  Table table{"table-credits",
              "Who is to be credited for the mean" + in_currency(result.currency),
              {{"Lever", false}, {"Share of the saving"}, {"95% interval"}, {"Of all"}},
              {}};
  for (const ShapleyShare& share : result.shapley.shares)
    table.rows.push_back(
        {{words(shown(share.label, share.name)), money_cell(share.share, money), ends(share.share, money),
          number(share.fraction, text::grouped(100 * share.fraction, 0) + "%")}});
  table.foot.push_back(
      {{words("All"), number(result.shapley.joint, money.amount(result.shapley.joint)), nothing(), number(1, "100%")},
       "total"});
  table.note = result.shapley.all_sets
                   ? markup(
                         "Levers that cut the same cost share what they save together: each has the mean of what it "
                         "adds over all orders in which they could be pulled (Shapley 1953).")
                   : markup(
                         "Each lever has the mean of what it adds over {} random orders (Shapley 1953; Castro, Gomez "
                         "and Tejada 2009); the intervals count the error of having taken so few.",
                         text::count(result.shapley.orders));
  return render(table);
}

Markup sets_table(const LeversResult& result, const std::vector<SetSaving>& sets, Table table,
                  const LeverMoney& money) {
  if (sets.empty()) return {};
  table.heads = {{"Levers", false}, {"Number"}, {"Cost"}, {result.objective}, {result.objective + " lower by"},
                 {"Mean saving"}};
  for (const SetSaving& set : sets) {
    const std::string count = std::to_string(set.levers.size());
    table.rows.push_back({{words(list(set.levers)),
                           {escaped(count), count, true},
                           money_cell(set.cost, money),
                           money_cell(set.objective, money),
                           money_cell(set.objective_saving, money),
                           money_cell(set.saving, money)},
                          set.levers == result.winner.levers ? "headline" : ""});
  }
  return render(table);
}

Markup levers_notes(const LeversResult& result) {
  Markup notes;
  const auto note = [&](const char* head, const Markup& body) {
    notes += markup("<dt>{}</dt>\n<dd>{}</dd>\n", head, body);
  };
  note("Same draws",
       markup("{} draws, seed {}. All numbers compare the same draws without and with the levers, so that "
              "what they leave alone does not blur the difference.",
              text::count(result.run.draws), result.run.seed));
  note("Search", markup("{} sets of levers were looked at with {} draws each, by the method \"{}\".",
                        text::count(result.search_sets), text::count(result.search_draws), result.search));
  note("Second look", markup("The winner was drawn once more with seed {} and {} draws, by which it was not chosen.",
                             result.fresh.seed, text::count(result.fresh.draws)));
  note("Intervals", markup("95%, of the sampling error of these draws alone."));
  for (const std::string& more : result.notes) note("Note", escaped(more));
  return markup("<dl class=\"notes\">\n{}</dl>\n", notes);
}

}  // namespace
}  // namespace report

std::string report_html(const LeversResult& result, std::span<const Chart> charts, const ReportSource& source) {
  using namespace report;
  const text::LeverMoney money(result);
  Figures figures(charts);
  Page page;
  page.title = result.title.empty() ? result.file : result.title;
  page.facts = {result.file, result.horizon, result.currency, text::count(result.run.draws) + " draws", source.date};
  if (!result.baseline.empty()) page.facts.push_back("with " + list(result.baseline) + " pulled already");
  page.answer = levers_opening(result, money);
  const auto add = [&](const char* id, const char* title, Markup body) {
    page.sections.push_back({id, title, std::move(body)});
  };
  add("levers-section", "What each lever saves", figures.take("lever-savings") + alone_table(result, money));
  add("credits-section", "Who is to be credited", figures.take("lever-waterfall") + credits_table(result, money));
  add("sets-section", "Which together",
      figures.take("lever-frontier") +
          sets_table(result, result.best,
                     {"table-best", "The best set of each number of levers" + in_currency(result.currency), {}, {}},
                     money) +
          sets_table(result, result.frontier,
                     {"table-frontier", "What money for adoption buys" + in_currency(result.currency), {}, {}}, money));
  add("more-section", "More charts", figures.rest());
  add("method-section", "How it was made", levers_notes(result));
  add("reproduce-section", "Reproduce it", reproduce(result.run, source));
  page.data = {{"result", result_json(to_json(result))}, {"charts", figures.json()}};
  return render(page);
}

}  // namespace tcosim
