#include "plots/report/page.hpp"

#include <array>
#include <nlohmann/json.hpp>

#include "plots/embedded.hpp"
#include "plots/report/content_hash.hpp"

namespace tcosim::report {
namespace {

/// No script or style sheet but those of these hashes. Attributes may set styles, since ECharts writes the font of each
/// text into one; a style attribute can load nothing, with all other sources closed.
std::string policy() {
  std::string scripts;
  for (const std::string_view script : {embedded::echarts(), embedded::chart_script(), embedded::report_script()})
    scripts += " " + content_hash(script);
  return "default-src 'none'; script-src" + scripts + "; style-src-elem " + content_hash(embedded::report_style()) +
         "; style-src-attr 'unsafe-inline'; base-uri 'none'; form-action 'none'";
}

Markup inline_script(std::string_view script) {
  return {"<script>" + std::string(script) + "</script>\n"};
}

Markup contents(const Page& page) {
  Markup links;
  for (const Section& section : page.sections)
    if (!section.body.empty()) links += markup("<li><a href=\"#{}\">{}</a></li>\n", section.id, section.title);
  return markup("<nav class=\"contents controls\" aria-label=\"Contents\"><ul>\n{}</ul></nav>\n", links);
}

Markup header(const Page& page) {
  Markup facts;
  for (const std::string& fact : page.facts)
    if (!fact.empty()) facts += markup("<li>{}</li>", fact);
  return markup(
      "<header class=\"page-header\">\n<div><h1>{}</h1>\n<ul class=\"facts\">{}</ul></div>\n"
      "<div class=\"controls buttons\"><button type=\"button\" id=\"theme\" hidden>Dark</button>"
      "<button type=\"button\" id=\"print\" hidden>Print or PDF</button></div>\n</header>\n",
      page.title, facts);
}

Markup sections(const Page& page) {
  Markup all;
  for (const Section& section : page.sections) {
    if (section.body.empty()) continue;
    all += markup("<section id=\"{0}\" aria-labelledby=\"{0}-title\">\n<h2 id=\"{0}-title\">{1}</h2>\n{2}</section>\n",
                  section.id, section.title, section.body);
  }
  return all;
}

Markup scripts(const Page& page) {
  Markup all;
  for (const auto& [id, json] : page.data)
    all += markup("<script type=\"application/json\" id=\"{}\">{}</script>\n", id, Markup{json});
  for (const std::string_view script : {embedded::echarts(), embedded::chart_script(), embedded::report_script()})
    all += inline_script(script);
  return all;
}

constexpr std::string_view kLicences =
    "Charts are drawn by Apache ECharts 6.1.0 (Apache License 2.0, Copyright 2017-2025 The Apache Software "
    "Foundation), "
    "which holds ZRender (BSD 3-Clause, Baidu Inc.), parts of d3 (BSD 3-Clause, Mike Bostock) and tslib (0BSD, "
    "Microsoft). Their code is part of this file; it loads nothing and sends nothing.";

}  // namespace

std::string render(const Page& page) {
  std::string html = markup(
                         "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
                         "<meta http-equiv=\"Content-Security-Policy\" content=\"{}\">\n"
                         "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
                         "<meta name=\"referrer\" content=\"no-referrer\">\n"
                         "<meta name=\"color-scheme\" content=\"light dark\">\n<title>{}</title>\n",
                         Markup{policy()}, page.title)
                         .html;
  html += "<style>" + std::string(embedded::report_style()) + "</style>\n</head>\n<body>\n";
  html += "<a class=\"skip controls\" href=\"#main\">Skip to the answer</a>\n";
  html += header(page).html + contents(page).html + "<main id=\"main\" tabindex=\"-1\">\n" + page.answer.html;
  html += sections(page).html + "</main>\n<footer>\n";
  html += markup("<p>{}</p>\n", kLicences).html + "</footer>\n" + scripts(page).html + "</body>\n</html>\n";
  return html;
}

std::string result_json(const std::string& json) {
  nlohmann::ordered_json result = nlohmann::ordered_json::parse(json);
  for (const char* machine : {"seconds", "threads"}) result["run"].erase(machine);
  return json_in_script(result.dump(-1, ' ', true));
}

}  // namespace tcosim::report
