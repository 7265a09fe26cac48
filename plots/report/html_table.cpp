#include "plots/report/html_table.hpp"

#include "plots/numbers.hpp"

namespace tcosim::report {
namespace {

Markup attribute(const char* name, const std::string& value) {
  return value.empty() ? Markup{} : markup(" {}=\"{}\"", std::string_view(name), value);
}

Markup render_row(const Row& row, const std::vector<Head>& heads) {
  Markup cells;
  for (std::size_t i = 0; i < row.cells.size(); ++i) {
    const Cell& cell = row.cells[i];
    const bool number = i < heads.size() && heads[i].number;
    const Markup value = attribute("data-value", cell.value);
    if (i == 0) {
      cells += markup("<th scope=\"row\"{}>{}</th>", value, cell.shown);
    } else {
      cells += markup("<td{}{}>{}</td>", attribute("class", number ? "number" : ""), value, cell.shown);
    }
  }
  return markup("<tr{}{}>{}</tr>\n", attribute("class", row.kind), attribute("data-category", row.category), cells);
}

/// Hidden until report.js has made it work.
Markup filters(const Table& table) {
  if (table.categories.empty()) return {};
  Markup options = markup("<option value=\"\">All categories</option>");
  for (const std::string& category : table.categories)
    options += markup("<option value=\"{}\">{}</option>", category, category);
  return markup(
      "<form class=\"filters controls\" data-table=\"{0}\" hidden>"
      "<label>Category <select name=\"category\">{1}</select></label>"
      "<label>Containing <input type=\"search\" name=\"text\" autocomplete=\"off\"></label>"
      "<output aria-live=\"polite\"></output></form>\n",
      table.id, options);
}

}  // namespace

Cell words(std::string_view text) {
  return {escaped(text)};
}

Cell number(double value, std::string_view shown) {
  return {escaped(shown), full(value), true};
}

Cell nothing(bool number) {
  return {markup("<span class=\"muted\">{}</span>", "\xe2\x80\x93"), "", number};
}

Cell interval(const SamplingInterval& interval, int decimals) {
  if (!interval.low && !interval.high) return {escaped("too few draws")};
  const double key = interval.low ? *interval.low : *interval.high;
  if (!interval.low) return number(key, "up to " + text::grouped(*interval.high, decimals));
  if (!interval.high) return number(key, "from " + text::grouped(*interval.low, decimals) + " up");
  return number(key, text::grouped(*interval.low, decimals) + " to " + text::grouped(*interval.high, decimals));
}

Markup render(const Table& table) {
  Markup heads, rows, foot;
  for (const Head& head : table.heads)
    heads += markup("<th scope=\"col\"{}>{}</th>", attribute("class", head.number ? "number" : ""), head.words);
  for (const Row& row : table.rows) rows += render_row(row, table.heads);
  for (const Row& row : table.foot) foot += render_row(row, table.heads);
  if (!foot.empty()) foot = markup("<tfoot>\n{}</tfoot>\n", foot);
  const Markup note = table.note.empty() ? Markup{} : markup("<p class=\"note\">{}</p>\n", table.note);
  // A wide table scrolls within its frame, which the keyboard has to reach.
  return markup(
      "{6}<div class=\"table-frame\" tabindex=\"0\" role=\"region\" aria-labelledby=\"{0}-caption\">\n"
      "<table id=\"{0}\"{1}>\n<caption id=\"{0}-caption\">{2}</caption>\n"
      "<thead><tr>{3}</tr></thead>\n<tbody>\n{4}</tbody>\n{5}</table>\n</div>\n{7}",
      table.id, attribute("class", table.sortable ? "sortable" : ""), table.caption, heads, rows, foot, filters(table),
      note);
}

}  // namespace tcosim::report
