#include "plots/sensitivity_text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <span>

#include "plots/numbers.hpp"
#include "plots/terminal.hpp"

namespace tcosim::text {
namespace {

constexpr std::size_t kRankWidth = 2, kGap = 2;
constexpr std::size_t kLeastName = 8, kComfortableName = 20, kLongestName = 40;

int amount_decimals(const SensitivityResult& result) {
  return decimals_for(result.overall == 0 ? result.sd : result.overall);
}

std::string render_top(const SensitivityResult& result, const TerminalStyle& style) {
  const std::string title = printable(result.title), file = printable(result.file);
  const std::string dot = style.unicode ? " · " : " | ";
  std::string facts = title.empty() ? "" : file;
  const auto add = [&](const std::string& fact) {
    if (!fact.empty()) facts += (facts.empty() ? "" : dot) + fact;
  };
  add(printable(result.horizon));
  if (!result.methods.empty()) {
    add(count(result.run.sensitivity_draws) + (result.run.sensitivity_draws == 1 ? " draw" : " draws"));
  }
  add(fmt::format("seed {}", result.run.seed));
  std::string out =
      paint(clip(title.empty() ? file : title, static_cast<std::size_t>(style.width), style), Ink::heading, style) +
      '\n' + wrap(facts, "", style);
  if (result.methods.empty()) return out;
  const int decimals = amount_decimals(result);
  std::string what =
      fmt::format("What moves {}: by {}. Its mean is {}, its standard deviation {}", explained(result), result.by,
                  with_unit(grouped(result.mean, decimals), printable(result.unit)), grouped(result.sd, decimals));
  if (result.statistic != "mean")
    what += fmt::format(", its {} {}", result.statistic, grouped(result.overall, decimals));
  out += wrap(what + ". Figures in brackets are 95% intervals of the sampling error.", "", style);
  for (const auto& [name, members] : result.groups)
    out += wrap(printable(name) + " is a group: " + printable(members) + ".", "  ", style);
  return out;
}

std::string bullet(const std::string& text, const TerminalStyle& style) {
  const std::string wrapped = wrap(text, "  ", style);
  return (style.unicode ? "•" : "-") + wrapped.substr(1);
}

/// Heads of the columns of ranks: the methods' names, or letters where those do not fit; a legend tells which is which.
struct RankHeads {
  std::vector<std::string> heads;
  std::size_t gap = kGap;
  bool letters = false;
};

std::size_t width_of(const RankHeads& heads) {
  std::size_t width = 0;
  for (const std::string& head : heads.heads) width += heads.gap + std::max(head.size(), kRankWidth);
  return width;
}

RankHeads heads_of(const SensitivityResult& result, std::size_t room) {
  RankHeads heads{result.rank_methods};
  if (width_of(heads) <= room) return heads;
  heads.letters = true;
  for (std::size_t m = 0; m < heads.heads.size(); ++m) heads.heads[m] = std::string(1, static_cast<char>('A' + m));
  if (width_of(heads) > room) heads.gap = 1;
  return heads;
}

/// "A=swing, B=one-at-a-time, ...".
std::string legend(const SensitivityResult& result, const RankHeads& heads, const TerminalStyle& style) {
  std::string text;
  for (std::size_t m = 0; m < heads.heads.size(); ++m)
    text += (m == 0 ? "" : ", ") + heads.heads[m] + "=" + result.rank_methods[m];
  return wrap(text, "  ", style);
}

std::string rank_lines(const SensitivityResult& result, std::span<const RankRow* const> rows, std::size_t name,
                       const RankHeads& heads, const TerminalStyle& style) {
  const std::string gap(heads.gap, ' ');
  const auto width = [&](std::size_t m) { return std::max(heads.heads[m].size(), kRankWidth); };
  std::string header = "  " + pad_right("", name);
  for (std::size_t m = 0; m < heads.heads.size(); ++m) header += gap + pad_left(heads.heads[m], width(m));
  std::string out = paint(header, Ink::muted, style) + '\n';
  for (const RankRow* row : rows) {
    out += "  " + pad_right(clip(shown_name(row->name, row->label), name, style), name);
    for (std::size_t m = 0; m < result.rank_methods.size(); ++m) {
      const auto& rank = row->ranks[m];
      const std::string text = pad_left(rank ? fmt::format("{}", *rank) : style.unicode ? "·" : ".", width(m));
      out += gap + paint(text, !rank ? Ink::muted : *rank == 1 ? Ink::accent : Ink::plain, style);
    }
    out += '\n';
  }
  return out;
}

/// "requests, storage_price and 3 more".
std::string some_of(const std::vector<std::string>& names) {
  constexpr std::size_t kMost = 6;
  std::string text;
  const std::size_t shown = names.size() <= kMost ? names.size() : kMost - 1;
  for (std::size_t i = 0; i < shown; ++i) text += (i == 0 ? "" : i + 1 == names.size() ? " and " : ", ") + names[i];
  if (shown < names.size()) text += fmt::format(" and {} more", names.size() - shown);
  return text;
}

/// What is not in the table, what a dot is, and who comes first.
std::string notes_on_ranks(const SensitivityResult& result, std::size_t more, const std::vector<std::string>& nowhere,
                           const TerminalStyle& style) {
  std::string out, note = style.unicode ? "A dot (·) is" : "A dot is";
  note += " no influence, or none that this method can tell from chance";
  for (const MethodTable& table : result.methods)
    if (std::ranges::any_of(table.rows, [](const SubjectRow& row) { return !row.ranked; }))
      note += "; in " + table.method + " also a risk that happens one time in ten or less";
  note += ".";
  if (more > 0) note += fmt::format(" {} more {} not shown (--top).", more, more == 1 ? "is" : "are");
  out += wrap(note, "  ", style);
  if (!nowhere.empty()) out += wrap("No method finds an influence of " + some_of(nowhere) + ".", "  ", style);
  if (!result.verdict.empty()) out += wrap(printable(result.verdict), "  ", style);
  for (const MethodTable& table : result.methods)
    if (!table.ranks) out += wrap(table.method + " gives no ranks here: see its warnings.", "  ", style);
  return out;
}

std::string method_legend(const SensitivityResult& result, const TerminalStyle& style) {
  std::string out = heading("What each method measures", "", style);
  for (const MethodTable& table : result.methods) out += bullet(table.method + ": " + table.measures, style);
  return out + wrap("--method NAME shows one in depth, with figures and intervals; --list says when not to use each.",
                    "  ", style);
}

}  // namespace

std::string explained(const SensitivityResult& result) {
  return result.of == "total" ? "the total" : "the output " + printable(result.of);
}

std::string render_ranks(const SensitivityResult& result, std::size_t top, const TerminalStyle& style) {
  if (result.ranks.empty() || result.rank_methods.empty()) return "";
  // Rows that some method ranks
  std::vector<const RankRow*> rows;
  std::vector<std::string> nowhere;
  for (const RankRow& row : result.ranks) {
    if (std::ranges::any_of(row.ranks, [](const auto& rank) { return rank.has_value(); })) {
      rows.push_back(&row);
    } else {
      nowhere.push_back(shown_name(row.name, row.label));
    }
  }
  const std::size_t more = rows.size() - std::min(rows.size(), top);
  rows.resize(rows.size() - more);
  std::size_t name = kLeastName;
  for (const RankRow* row : rows) name = std::max(name, text_width(shown_name(row->name, row->label)));
  name = std::min(name, kLongestName);

  std::string out = heading("Ranks by method, 1 moves it most", "", style);
  const auto width = static_cast<std::size_t>(style.width);
  const RankHeads heads = heads_of(result, width - 2 - std::min(name, kComfortableName));
  if (heads.letters) out += legend(result, heads, style);
  name = std::min(name, std::max(kLeastName, width - std::min(width, 2 + width_of(heads))));
  if (!rows.empty()) out += rank_lines(result, rows, name, heads, style);
  out += notes_on_ranks(result, more, nowhere, style);

  std::string remarks;
  for (const RankRow* row : rows)
    if (!row->remark.empty())
      remarks += bullet(shown_name(row->name, row->label) + ": " + printable(row->remark) + ".", style);
  if (!remarks.empty()) out += '\n' + heading("Where they disagree, and why", "", style) + remarks;
  return out;
}

}  // namespace tcosim::text

namespace tcosim {

std::string render_sensitivity(const SensitivityResult& result, std::size_t top, const TerminalStyle& style) {
  std::string out = text::render_top(result, style);
  if (result.all) {
    out += '\n' + text::render_ranks(result, top, style);
    std::string refused;
    for (const Refusal& refusal : result.refused)
      refused += text::bullet(refusal.method + ": " + text::printable(refusal.reason), style);
    if (!refused.empty()) out += '\n' + text::heading("Could not be used here", "", style) + refused;
    out += '\n' + text::method_legend(result, style);
  } else {
    for (const MethodTable& table : result.methods) out += '\n' + text::render_method(table, result, top, style);
    if (const std::string ranks = text::render_ranks(result, top, style); !ranks.empty()) out += '\n' + ranks;
  }
  if (const std::string stress = text::render_stress(result, top, style); !stress.empty()) out += '\n' + stress;
  return out;
}

std::string render_methods(const std::vector<MethodEntry>& methods, const TerminalStyle& style) {
  std::string out;
  for (const MethodEntry& method : methods) {
    out += (out.empty() ? "" : "\n") + text::paint(method.name, text::Ink::heading, style) + '\n';
    out += text::wrap(method.title + ".", "  ", style) + text::wrap(method.measures, "  ", style);
    out += text::wrap("Caution: " + method.caution, "  ", style);
    out += text::paint(text::wrap("Source: " + method.source + ".", "  ", style), text::Ink::muted, style);
  }
  return out;
}

}  // namespace tcosim
