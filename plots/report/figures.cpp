#include "plots/report/figures.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <optional>
#include <stdexcept>

namespace tcosim::report {
namespace {

constexpr int kStaticWidth = 960;

void replace_all(std::string& text, std::string_view from, std::string_view to) {
  for (std::size_t at = text.find(from); at != std::string::npos; at = text.find(from, at + to.size()))
    text.replace(at, from.size(), to);
}

/// Takes out every stretch from `open` to the next `close`, both included.
void cut_all(std::string& text, std::string_view open, std::string_view close) {
  std::string kept;
  std::size_t at = 0;
  while (true) {
    const std::size_t start = text.find(open, at);
    const std::size_t end = start == std::string::npos ? start : text.find(close, start + open.size());
    if (end == std::string::npos) break;
    kept.append(text, at, start - at);
    at = end + close.size();
  }
  kept.append(text, at);
  text = std::move(kept);
}

// A round point as ECharts writes it: its radius, place and look.
constexpr std::string_view kPoint = "<path d=\"M1 0A1 1 0 1 1 1 -0.1A1 1 0 0 1 1 0\" transform=\"matrix(";
constexpr std::string_view kPointEnd = "></path>\n";

struct Point {
  double radius = 0, x = 0, y = 0;
  std::string_view look;  ///< `fill="#0072b2" fill-opacity="0.35"`
  std::size_t end = 0;    ///< after it in the text
};

/// The point at this place of the text; nothing for points with an outline.
std::optional<Point> point_at(std::string_view svg, std::size_t at) {
  if (svg.substr(at, kPoint.size()) != kPoint) return std::nullopt;
  double matrix[6];
  const char* text = svg.data() + at + kPoint.size();
  const char* const last = svg.data() + svg.size();
  for (double& value : matrix) {
    const auto [rest, error] = std::from_chars(text, last, value);
    if (error != std::errc() || rest == last) return std::nullopt;
    text = rest + 1;
  }
  const auto start = static_cast<std::size_t>(text - svg.data()) + 2;
  const std::size_t end = svg.find(kPointEnd, start);
  if (end == std::string_view::npos) return std::nullopt;
  const std::string_view look = svg.substr(start, end - start);
  if (!look.starts_with("fill=\"#") || look.find("stroke") != std::string_view::npos) return std::nullopt;
  return Point{matrix[0], matrix[4], matrix[5], look, end + kPointEnd.size()};
}

/// Hundreds of points, each an element of 130 bytes, as dots of a few paths: six scatters took 2 MB. Paths are short,
/// so that points that lie on each other still look darker.
std::string with_merged_points(const std::string& svg) {
  constexpr int kInOnePath = 40;
  std::string merged;
  std::size_t at = 0;
  while (at < svg.size()) {
    const std::size_t next = std::min(svg.find(kPoint, at), svg.size());
    merged.append(svg, at, next - at);
    at = next;
    if (at == svg.size()) break;
    const std::optional<Point> first = point_at(svg, at);
    if (!first) {
      merged.append(svg, at, kPoint.size());
      at += kPoint.size();
      continue;
    }
    std::string look(first->look);
    replace_all(look, "fill", "stroke");
    merged += fmt::format("<path fill=\"none\" stroke-linecap=\"round\" stroke-width=\"{}\" {} d=\"", 2 * first->radius,
                          look);
    int count = 0;
    for (auto point = first;
         point && point->look == first->look && point->radius == first->radius && count < kInOnePath;
         point = point_at(svg, at), ++count) {
      merged += fmt::format("M{:.1f} {:.1f}h0", point->x, point->y);
      at = point->end;
    }
    merged += "\"></path>\n";
  }
  return merged;
}

/// A cloud of a thousand points is 300 KB of SVG and takes as long to draw as all other charts together.
bool has_still(const Chart& chart) {
  return !chart.name.starts_with("scatter");
}

Markup figure(const Chart& chart, const std::string& picture) {
  const Markup still =
      markup("<noscript>{}</noscript>\n",
             picture.empty() ? markup("<p class=\"note\">This picture needs scripts. {}</p>", chart.summary)
                             : Markup{picture});
  return markup(
      "<figure class=\"chart\" id=\"chart-{0}\" data-chart=\"{0}\">\n"
      "<figcaption><h3 id=\"chart-{0}-title\">{1}</h3></figcaption>\n"
      "<div class=\"plot\" data-height=\"{2}\" role=\"img\" aria-labelledby=\"chart-{0}-title\" "
      "aria-describedby=\"chart-{0}-summary\"></div>\n{5}"
      "<p class=\"summary visually-hidden\" id=\"chart-{0}-summary\">{3}</p>\n"
      "<p class=\"method\">{4}</p>\n</figure>\n",
      chart.name, chart.title, chart.height, chart.summary, chart.method, still);
}

}  // namespace

Figures::Figures(std::span<const Chart> charts, ReadyEngines* engines) : charts_(charts), taken_(charts.size()) {
  std::vector<Chart> still;
  for (const Chart& chart : charts)
    if (has_still(chart)) still.push_back(chart);
  ImageView view;
  view.width = kStaticWidth;
  view.words = false;
  const auto drawn = svgs(still, view, engines);
  if (!drawn) throw std::runtime_error(drawn.error());
  std::size_t next = 0;
  for (const Chart& chart : charts) pictures_.push_back(has_still(chart) ? (*drawn)[next++] : "");
}

Markup Figures::take(std::string_view name) {
  Markup figures;
  for (std::size_t i = 0; i < charts_.size(); ++i) {
    const std::string& here = charts_[i].name;
    const bool wanted =
        here == name || (here.starts_with(name) && here.size() > name.size() && here[name.size()] == '-');
    if (!wanted || taken_[i]) continue;
    taken_[i] = true;
    figures += figure(charts_[i], in_page(pictures_[i], here + "-"));
  }
  return figures;
}

Markup Figures::rest() {
  Markup figures;
  for (const Chart& chart : charts_) figures += take(chart.name);
  return figures;
}

std::string Figures::json() const {
  std::string list = "[";
  for (const Chart& chart : charts_) list += (list.size() > 1 ? ",\n" : "") + json_in_script(to_json(chart));
  return list + "]";
}

std::string in_page(std::string svg, std::string_view prefix) {
  cut_all(svg, "<style", "</style>");
  cut_all(svg, " class=\"", "\"");
  cut_all(svg, " pointer-events=\"", "\"");
  for (const char* known : {"series_index", "data_index", "ssr_type", "silent"})
    cut_all(svg, fmt::format(" ecmeta_{}=\"", known), "\"");
  cut_all(svg, " xmlns:xlink=\"", "\"");
  replace_all(svg, "font-family:Liberation Sans, Arial, Helvetica, DejaVu Sans, sans-serif;", "");
  replace_all(svg, "\"zr0-", "\"" + std::string(prefix));
  replace_all(svg, "(#zr0-", "(#" + std::string(prefix));
  return with_merged_points(svg);
}

}  // namespace tcosim::report
