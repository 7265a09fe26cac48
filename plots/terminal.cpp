#include "plots/terminal.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "plots/numbers.hpp"
#include "plots/picture.hpp"

namespace tcosim::text {

std::string shown_name(const std::string& name, const std::string& label) {
  return printable(label.empty() ? name : label);
}

std::string heading(const std::string& title, const std::string& unit, const TerminalStyle& style) {
  return paint(unit.empty() ? title : title + ", " + printable(unit), Ink::heading, style) + '\n';
}

std::string render_title(const Result& result, const TerminalStyle& style) {
  const std::string file = printable(result.file);
  const std::string title = printable(result.title);
  std::string facts = title.empty() ? "" : file;
  const auto add = [&](const std::string& fact) {
    if (!fact.empty()) facts += (facts.empty() ? "" : style.unicode ? " · " : " | ") + fact;
  };
  add(printable(result.horizon));
  if (!result.with.empty()) add(printable(fmt::format("with {}", fmt::join(result.with, ", "))));
  add(count(result.run.draws) + (result.run.draws == 1 ? " draw" : " draws"));
  add(fmt::format("seed {}", result.run.seed));
  if (result.run.sampling != "mc") add(printable(result.run.sampling));
  return paint(clip(title.empty() ? file : title, static_cast<std::size_t>(style.width), style), Ink::heading, style) +
         '\n' + wrap(facts, "", style);
}

}  // namespace tcosim::text

namespace tcosim {
namespace {

constexpr int kLeastPicture = 66;  // columns that a picture needs beside another
constexpr int kBetween = 2;

// The two pictures of the total's distribution.
std::string distribution_pictures(const Result& result, const TerminalStyle& style, const PagePictures& pictures) {
  const bool both = pictures.histogram && (pictures.s_curve || pictures.s_curve_beside);
  const bool certain = !(result.total.max > result.total.min);  // one sentence says it
  if (both && !certain && style.columns >= 2 * kLeastPicture + kBetween) {
    const auto width = std::min(static_cast<std::size_t>(style.columns - kBetween) / 2, text::kWidestPicture);
    return text::side_by_side(text::histogram_picture(result, width, style),
                              text::s_curve_picture(result, width, style), width + kBetween, style);
  }
  std::string out;
  if (pictures.histogram) out += text::render_histogram(result, style);
  if (pictures.s_curve && !(certain && pictures.histogram))
    out += (out.empty() ? "" : "\n") + text::render_s_curve(result, style);
  return out;
}

}  // namespace

Expected<PagePictures, std::string> parse_page_pictures(const std::string& list) {
  if (list == "all") return PagePictures{true, true, true, true};
  PagePictures pictures{false, false, false, false};
  if (list == "none") return pictures;
  for (std::size_t start = 0; start <= list.size();) {
    const std::size_t end = std::min(list.find(',', start), list.size());
    const std::string name = list.substr(start, end - start);
    bool* const picture = name == "histogram" ? &pictures.histogram
                          : name == "s-curve" ? &pictures.s_curve
                          : name == "tornado" ? &pictures.tornado
                                              : nullptr;
    if (picture == nullptr)
      return Unexpected{fmt::format("histogram, s-curve, tornado, all or none is expected, not '{}'", name)};
    *picture = true;
    start = end + 1;
  }
  return pictures;
}

std::string render_result(const Result& result, const TerminalStyle& style, const PagePictures& pictures) {
  std::vector<std::string> sections;
  for (const auto& section : {text::render_budgets, text::render_verdicts, text::render_breakdown, text::render_tags})
    sections.push_back(section(result, style));
  sections.push_back(distribution_pictures(result, style, pictures));
  if (pictures.tornado) sections.push_back(text::render_tornado(result, style));
  sections.push_back(text::render_outputs(result, style));
  std::string out = text::render_title(result, style);
  for (const std::string& section : sections)
    if (!section.empty()) out += '\n' + section;
  return out;
}

}  // namespace tcosim
