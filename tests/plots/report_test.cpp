// The report page: structure, escaping, policy, data in full precision.
#include "plots/report/report.hpp"

#include <gtest/gtest.h>

#include <fmt/format.h>

#include <cstdlib>
#include <nlohmann/json.hpp>
#include <set>
#include <string>
#include <vector>

#include "plots/charts/charts.hpp"
#include "plots/embedded.hpp"
#include "plots/json.hpp"
#include "plots/report/content_hash.hpp"
#include "plots/report/figures.hpp"
#include "plots/report/markup.hpp"
#include "tests/plots/small_result.hpp"

namespace tcosim {
namespace {

namespace report_cases {

Result with_curve() {
  Result result = testing::small_result();
  for (int percent = 1; percent <= 99; ++percent) {
    const double budget = 8000 + 100.123456789 * percent;
    result.curve.push_back({percent / 100.0, budget, {budget - 5, budget + 5}, budget - 10000, (budget - 10000) / 100});
  }
  Details details;
  details.draws = 65536;
  Assumption input;
  input.summary = {
      "time", "Working time", "pert(1, 2, 4) month", "month", true, 2, 2.2, 0.5, 1.5, 2.1, 3, {0.2, 1, 0.4}, 1, 4};
  input.source = "team survey";
  input.tags = {"capex"};
  details.inputs = {input};
  details.lines = {{"team", "", "line", "labor", "", "once", "time * salary", "a note", "", "Ann", {}}};
  result.details = details;
  return result;
}

ReportSource source() {
  return {
      {{"small.yaml", "tcosim: 1\ntitle: Small plan\n"}}, {}, "tcosim run small.yaml --seed 1", "0.1.0", "2026-03-14"};
}

std::string page_of(const Result& result, const ReportSource& from) {
  const std::vector<Chart> charts = all_charts(run_charts(), result);
  return report_html(result, charts, from);
}

/// Made once: it draws every chart.
const std::string& page() {
  static const std::string made = page_of(with_curve(), source());
  return made;
}

/// What stands between `open` and the next `close`, for each `open`.
std::vector<std::string> between(const std::string& text, const std::string& open, const std::string& close) {
  std::vector<std::string> found;
  for (std::size_t at = text.find(open); at != std::string::npos; at = text.find(open, at)) {
    at += open.size();
    const std::size_t end = text.find(close, at);
    found.push_back(text.substr(at, end - at));
    at = end;
  }
  return found;
}

std::size_t count_of(const std::string& text, const std::string& word) {
  std::size_t count = 0;
  for (std::size_t at = text.find(word); at != std::string::npos; at = text.find(word, at + word.size())) ++count;
  return count;
}

/// The page without what is the program's own: scripts in the language, the style sheet.
std::string without_own_code(std::string page) {
  for (const std::string_view own :
       {embedded::echarts(), embedded::chart_script(), embedded::report_script(), embedded::report_style()}) {
    const std::size_t at = page.find(own);
    EXPECT_NE(at, std::string::npos);
    page.erase(at, own.size());
  }
  return page;
}

std::string value_of(const std::string& page, const std::string& id) {
  const auto found = between(page, "id=\"" + id + "\" data-value=\"", "\"");
  return found.size() == 1 ? found[0] : fmt::format("{} of them", found.size());
}

/// Every byte and mark that could open, end or hide something.
std::string hostile() {
  std::string text = "</script><script>alert(1)</script><!-- --> ]]> \" ' & <b onclick=x> </noscript></title></style>";
  for (int c = 1; c < 0x20; ++c) text += static_cast<char>(c);
  text += std::string(1, '\0') + "\x7f";
  for (int c = 0x80; c < 0xa0; ++c) text += std::string("\xc2") + static_cast<char>(c);
  text += "\xe2\x80\xa8\xe2\x80\xa9\xe2\x80\xae\xe2\x81\xa6\xe2\x80\x8f\xef\xbb\xbf";  // U+2028, U+2029, bidi, BOM
  text += "\xed\xa0\x80\xff\xc0\xaf\xf4\x90\x80\x80\xe2\x82";                          // surrogate, bad bytes
  return text;
}

Result hostile_result() {
  Result result = with_curve();
  const std::string bad = hostile();
  result.title = result.file = result.currency = result.horizon = result.allocation = bad;
  result.with = {bad};
  result.total.unit = bad;
  for (auto* rows : {&result.lines, &result.categories, &result.tags})
    for (BreakdownRow& row : *rows) row.name = row.label = row.category = row.spend = bad;
  for (SensitivityRow& row : result.sensitivity) row.name = row.label = row.unit = bad;
  for (Distributed& output : result.outputs) output.name = output.unit = bad;
  for (MonthRow& row : result.monthly) row.date = bad;
  Assumption& input = result.details->inputs[0];
  input.summary.name = input.summary.label = input.summary.text = input.summary.unit = bad;
  input.note = input.source = input.owner = bad;
  input.tags = {bad};
  LineAssumption& line = result.details->lines[0];
  line.name = line.label = line.kind = line.category = line.spend = line.text = line.note = line.source = bad;
  result.details->correlations = {{bad, bad, bad, bad, 0.5, 0.5, 0.4, 0.6}};
  return result;
}

ReportSource hostile_source() {
  return {{{hostile(), hostile()}}, {hostile()}, hostile(), hostile(), hostile()};
}

}  // namespace report_cases

using report_cases::between;
using report_cases::count_of;

TEST(Escaping, KnownAnswers) {
  EXPECT_EQ(report::escaped("a<b & \"c\" 'd' >").html, "a&lt;b &amp; &quot;c&quot; &#39;d&#39; &gt;");
  EXPECT_EQ(report::escaped("\x1b[2J").html, "\\x1b[2J");
  EXPECT_EQ(report::escaped("a\nb\tc").html, "a\\x0ab\\x09c");
  EXPECT_EQ(report::escaped("a\r\nb\tc\rd", report::Breaks::kept).html, "a\nb\tc\\x0dd");
  EXPECT_EQ(report::escaped("\xe2\x80\xae").html, "\\u202e");
  EXPECT_EQ(report::escaped("\xed\xa0\x80").html, "\\xed\\xa0\\x80");
  EXPECT_EQ(report::escaped("Gr\xc3\xbc\xc3\x9f"
                            "e")
                .html,
            "Gr\xc3\xbc\xc3\x9f"
            "e");
}

TEST(Escaping, JsonInScriptsCannotEndThem) {
  const std::string json = report::json_in_script("[\"</script>&\xe2\x80\xa8\xe2\x80\xa9\"]");
  EXPECT_EQ(json, "[\"\\u003c/script\\u003e\\u0026\\u2028\\u2029\"]");
  EXPECT_EQ(nlohmann::json::parse(json)[0].get<std::string>(), "</script>&\xe2\x80\xa8\xe2\x80\xa9");
}

TEST(ContentHash, IsSha256InBase64) {
  // FIPS 180-4, "abc"
  EXPECT_EQ(report::content_hash("abc"), "'sha256-ungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa0='");
}

TEST(ReportPage, OpensWithTheAnswerAndItsNumbers) {
  const std::string page = report_cases::page();
  EXPECT_NE(page.find("<p id=\"headline-sentence\">To be 80% sure, budget 14,000 USD"), std::string::npos);
  EXPECT_EQ(report_cases::value_of(page, "budget"), "14000");
  EXPECT_EQ(report_cases::value_of(page, "contingency"), "4000");
  EXPECT_EQ(report_cases::value_of(page, "contingency-percent"), "40");
  EXPECT_LT(page.find("headline-sentence"), page.find("<figure"));
}

TEST(ReportPage, HasLandmarksHeadingsAndUniqueIds) {
  const std::string page = report_cases::without_own_code(report_cases::page());
  for (const char* part : {"<header ", "<nav ", "<main ", "<footer>", "<h1>"})
    EXPECT_EQ(count_of(page, part), 1) << part;
  std::set<std::string> ids;
  for (const std::string& id : between(page, " id=\"", "\"")) EXPECT_TRUE(ids.insert(id).second) << id;
  for (const std::string& link : between(page, "href=\"#", "\"")) EXPECT_TRUE(ids.contains(link)) << link;
  for (const char* what : {"aria-labelledby=\"", "aria-describedby=\""})
    for (const std::string& label : between(page, what, "\"")) EXPECT_TRUE(ids.contains(label)) << label;
}

TEST(ReportPage, HasEveryChartOnceWithItsWordsAndAStillPicture) {
  const Result result = report_cases::with_curve();
  const std::string page = report_cases::page();
  for (const Chart& chart : all_charts(run_charts(), result)) {
    EXPECT_EQ(count_of(page, "id=\"chart-" + chart.name + "\""), 1) << chart.name;
    EXPECT_NE(page.find(report::escaped(chart.summary).html), std::string::npos) << chart.name;
    EXPECT_NE(page.find(report::escaped(chart.method).html), std::string::npos) << chart.name;
  }
  EXPECT_EQ(count_of(page, "<noscript><svg "), all_charts(run_charts(), result).size());
}

TEST(ReportPage, HasItsTables) {
  const std::string page = report_cases::page();
  for (const char* id : {"percentiles", "all-percentiles", "contingency", "rules", "lines", "categories", "sensitivity",
                         "monthly", "outputs", "inputs", "formulas"})
    EXPECT_EQ(count_of(page, fmt::format("<table id=\"table-{}\"", id)), 1) << id;
}

TEST(ReportPage, PolicyNamesExactlyItsOwnScriptsAndStyle) {
  const std::string page = report_cases::page();
  const auto policies = between(page, "http-equiv=\"Content-Security-Policy\" content=\"", "\"");
  ASSERT_EQ(policies.size(), 1);
  std::set<std::string> inline_hashes, allowed;
  for (const std::string& script : between(page, "<script>", "</script>"))
    inline_hashes.insert(report::content_hash(script));
  for (const std::string& style : between(page, "<style>", "</style>"))
    inline_hashes.insert(report::content_hash(style));
  for (const std::string& hash : between(policies[0], "'sha256-", "'")) allowed.insert("'sha256-" + hash + "'");
  EXPECT_EQ(inline_hashes.size(), 4);
  EXPECT_EQ(inline_hashes, allowed);
  EXPECT_TRUE(policies[0].starts_with("default-src 'none'; script-src 'sha256-"));
  for (const char* never : {"unsafe-eval", "script-src 'unsafe-inline'", "http", "*", "data:"})
    EXPECT_EQ(policies[0].find(never), std::string::npos) << never;
  for (const char* closed : {"base-uri 'none'", "form-action 'none'"})
    EXPECT_NE(policies[0].find(closed), std::string::npos) << closed;
}

TEST(ReportPage, FetchesNothing) {
  const std::string page = report_cases::without_own_code(report_cases::page());
  for (const std::string& address : between(page, "://", "\""))
    EXPECT_TRUE(address == "www.w3.org/2000/svg" || address == "www.w3.org/1999/xlink") << address;
  for (const char* loader : {" src=", "<link", "<iframe", "<img", "@import", "url(http"})
    EXPECT_EQ(page.find(loader), std::string::npos) << loader;
}

TEST(ReportPage, HoldsTheNumbersOfTheJson) {
  const Result result = report_cases::with_curve();
  const std::string page = report_cases::page();
  const auto embedded = between(page, "<script type=\"application/json\" id=\"result\">", "</script>");
  ASSERT_EQ(embedded.size(), 1);
  nlohmann::json expected = nlohmann::json::parse(to_json(result));
  expected["run"].erase("seconds");
  expected["run"].erase("threads");
  EXPECT_EQ(nlohmann::json::parse(embedded[0]), expected);
}

TEST(ReportPage, SliderHasWordsForEveryPlaceOfTheCurve) {
  const auto words = between(report_cases::page(), "id=\"curve-words\">", "</script>");
  ASSERT_EQ(words.size(), 1);
  const auto list = nlohmann::json::parse(words[0]);
  ASSERT_EQ(list.size(), 99);
  EXPECT_EQ(list[79]["budget"], "16,010 USD");
  EXPECT_EQ(list[79]["contingency"], "6,010 USD");
  EXPECT_EQ(list[79]["sure"], "80%");
}

TEST(ReportPage, CellsHoldFullPrecision) {
  EXPECT_NE(report_cases::page().find(fmt::format("data-value=\"{}\">16,010</td>", 8000 + 100.123456789 * 80)),
            std::string::npos);
}

TEST(ReportPage, IsTheSameTwiceAndOnAnyMachine) {
  Result result = report_cases::with_curve();
  const std::string page = report_cases::page();
  EXPECT_EQ(report_cases::page_of(result, report_cases::source()), page);
  result.run.seconds = 17;
  result.run.threads = 64;
  EXPECT_EQ(report_cases::page_of(result, report_cases::source()), page);
}

TEST(ReportPage, IsUnderTwoMegabytes) {
  EXPECT_LT(report_cases::page().size(), 2'000'000);
}

TEST(ReportPage, NoTextOfAScenarioIsMarkup) {
  const std::string page = report_cases::without_own_code(
      report_cases::page_of(report_cases::hostile_result(), report_cases::hostile_source()));
  EXPECT_EQ(count_of(page, "<script>alert"), 0);
  EXPECT_EQ(count_of(page, "<b "), 0);
  EXPECT_EQ(count_of(page, "<!--"), 0);
  EXPECT_EQ(count_of(page, "]]>"), 0);
  EXPECT_EQ(count_of(page, "</title>"), 1);
  EXPECT_EQ(count_of(page, "</style>"), 1);
  EXPECT_EQ(count_of(page, "<script"), count_of(page, "</script>"));
  EXPECT_EQ(count_of(page, "<noscript>"), count_of(page, "</noscript>"));
  for (const char c : page) {
    const auto byte = static_cast<unsigned char>(c);
    ASSERT_TRUE(byte >= 0x20 || c == '\n' || c == '\t') << static_cast<int>(byte);
    ASSERT_NE(byte, 0x7f);
  }
}

TEST(ReportPage, StaysUtf8WithoutHiddenMarks) {
  const std::string page = report_cases::page_of(report_cases::hostile_result(), report_cases::hostile_source());
  EXPECT_NO_THROW(static_cast<void>(nlohmann::json(page).dump()));
  std::string markup = report_cases::without_own_code(page);
  for (const std::string& json : between(markup, "<script type=\"application/json\"", "</script>"))
    markup.erase(markup.find(json), json.size());
  for (const char* mark : {"\xe2\x80\xa8", "\xe2\x80\xae", "\xe2\x81\xa6", "\xe2\x80\x8f", "\xc2\x85"})
    EXPECT_EQ(count_of(markup, mark), 0) << report::escaped(mark).html;
}

TEST(ReportPage, WithoutCurveOrDetailsStillAnswers) {
  const std::string page = report_cases::page_of(testing::small_result(), report_cases::source());
  EXPECT_NE(page.find("To be 80% sure"), std::string::npos);
  EXPECT_EQ(page.find("id=\"confidence\""), std::string::npos);
}

TEST(StillPictures, HaveNoStyleSheetAndIdsOfTheirOwn) {
  const std::string svg =
      "<svg xmlns:xlink=\"http://www.w3.org/1999/xlink\"><style ><![CDATA[ .a {} ]]></style>"
      "<path class=\"zr0-cls-0\" clip-path=\"url(#zr0-c0)\"/><clipPath id=\"zr0-c0\"/></svg>";
  EXPECT_EQ(report::in_page(svg, "tornado-"),
            "<svg><path clip-path=\"url(#tornado-c0)\"/><clipPath id=\"tornado-c0\"/></svg>");
}

}  // namespace
}  // namespace tcosim
