// The page of `run`.
#include "plots/json.hpp"
#include "plots/numbers.hpp"
#include "plots/report/figures.hpp"
#include "plots/report/page.hpp"
#include "plots/report/run_sections.hpp"

namespace tcosim {
namespace {

report::Markup side_by_side(const report::Markup& figures) {
  return figures.empty() ? figures : report::markup("<div class=\"pairs\">\n{}</div>\n", figures);
}

}  // namespace

std::string report_html(const Result& result, std::span<const Chart> charts, const ReportSource& source,
                        ReadyEngines* engines) {
  using namespace report;
  Figures figures(charts, engines);
  Page page;
  page.title = result.title.empty() ? result.file : result.title;
  page.facts = {result.file, result.horizon, result.currency, text::count(result.run.draws) + " draws", source.date};
  for (const std::string& lever : result.with) page.facts.push_back("with " + lever);
  page.answer = opening(result);
  const auto add = [&](const char* id, const char* title, Markup body) {
    page.sections.push_back({id, title, std::move(body)});
  };
  add("budget-section", "Budget and confidence",
      figures.take("s-curve") + contingency_table(result) + rules_table(result) + figures.take("histogram") +
          figures.take("contingency") + percentiles_table(result));
  add("money-section", "Where the money goes",
      figures.take("breakdown") + lines_table(result) + figures.take("waterfall") + categories_table(result) +
          tags_table(result));
  add("drivers-section", "What drives it",
      figures.take("tornado") + sensitivity_table(result) + figures.take("spider") + figures.take("rank-correlations") +
          side_by_side(figures.take("scatter")));
  add("time-section", "When it is spent", figures.take("spend") + monthly_table(result));
  add("outputs-section", "Other quantities", outputs_table(result) + figures.take("output"));
  add("assumptions-section", "Assumptions", assumptions(result));
  add("method-section", "How it was made", method_notes(result) + figures.take("convergence"));
  add("more-section", "More charts", figures.rest());
  add("reproduce-section", "Reproduce it", reproduce(result.run, source));
  page.data = {
      {"result", result_json(to_json(result))}, {"curve-words", curve_words(result)}, {"charts", figures.json()}};
  return render(page);
}

}  // namespace tcosim
