#include "sim/sensitivity/disagreements.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <functional>
#include <string_view>

namespace tcosim {
namespace {

// A swing over ten slices is 3.51 standard deviations of a straight-line effect of a normal input, and P90 less P10 is
// 2.56: what the methods show of one and the same straight line.
constexpr double kSwingOfLine = 3.5100, kTenToNinetyOfLine = 2.5631;
constexpr double kTwice = 2;             // figures that measure the same disagree from here on
constexpr double kLeastShare = 0.02;     // of the variance: less is not worth a remark
constexpr double kRare = 0.8;            // of the draws have one and the same value
constexpr double kTurned = 0.7;          // of the swing's width between the first and the last slice, or less
constexpr double kSmallSwing = 0.3;      // of a straight line's: the correlation that it would stand for
constexpr double kLeastDistance = 0.05;  // of delta and of the Kolmogorov distance

struct Range {
  double low = 0, high = 0;
};

Range range_of(const Estimate& estimate) {
  return {estimate.low.value_or(estimate.value), estimate.high.value_or(estimate.value)};
}

const SubjectRow* find_row(const MethodTable& table, const Subject& subject) {
  const auto found = std::ranges::find_if(
      table.rows, [&](const SubjectRow& row) { return row.name == subject.name && row.kind == name(subject.kind); });
  return found == table.rows.end() ? nullptr : &*found;
}

/// What the methods say of one subject.
class Findings {
 public:
  Findings(std::span<const MethodTable> tables, const Subject& subject) : tables_(tables), subject_(subject) {}

  [[nodiscard]] const SubjectRow* row(std::string_view method) const {
    const auto table = std::ranges::find(tables_, method, &MethodTable::method);
    return table == tables_.end() ? nullptr : find_row(*table, subject_);
  }

  /// The first column whose key holds `part`.
  [[nodiscard]] std::optional<Range> value(std::string_view method, std::string_view part) const {
    const SubjectRow* found = row(method);
    if (found == nullptr) return std::nullopt;
    const auto table = std::ranges::find(tables_, method, &MethodTable::method);
    for (std::size_t i = 0; i < table->columns.size() && i < found->values.size(); ++i)
      if (table->columns[i].key.find(part) != std::string::npos) return range_of(found->values[i]);
    return std::nullopt;
  }

 private:
  std::span<const MethodTable> tables_;
  const Subject& subject_;
};

struct Case {
  const SensitivityProblem& problem;
  std::size_t subject = 0;
  const Findings& findings;
  double sd = 0;  ///< of what is explained
};

/// The share of the draws that have the commonest value, from their mid-ranks.
double commonest_share(std::span<const double> ranks) {
  std::vector<double> sorted(ranks.begin(), ranks.end());
  std::ranges::sort(sorted);
  std::size_t longest = 0, first = 0;
  for (std::size_t i = 0; i < sorted.size(); ++i) {
    if (sorted[i] != sorted[first]) first = i;
    longest = std::max(longest, i + 1 - first);
  }
  return static_cast<double>(longest) / static_cast<double>(sorted.size());
}

/// Share of the variance by itself; where no method measured it, that of a straight line with the same swing.
std::optional<Range> variance_share(const Case& c) {
  if (const auto share = c.findings.value("given-data", "first")) return share;
  if (const auto share = c.findings.value("sobol", "first")) return share;
  const auto width = c.findings.value("swing", "width");
  if (!width || c.problem.options.statistic || !(c.sd > 0)) return std::nullopt;
  return Range{std::pow(width->low / (kSwingOfLine * c.sd), 2), std::pow(width->high / (kSwingOfLine * c.sd), 2)};
}

/// The squared rank correlation, which a straight line's share of the variance is near to.
std::optional<Range> rank_share(const Case& c) {
  const auto rho = c.findings.value("spearman", "spearman");
  if (!rho) return std::nullopt;
  const double low = rho->low <= 0 && rho->high >= 0 ? 0 : std::min(std::abs(rho->low), std::abs(rho->high));
  const double high = std::max(std::abs(rho->low), std::abs(rho->high));
  return Range{low * low, high * high};
}

bool turns(const Case& c) {
  const SubjectRow* swing = c.findings.row("swing");
  if (swing == nullptr || swing->curve.size() < 3 || !swing->above_noise) return false;
  const auto width = c.findings.value("swing", "width");
  const Range first = range_of(swing->curve.front()), last = range_of(swing->curve.back());
  const double farthest = std::max(last.high - first.low, first.high - last.low);
  return width && farthest < kTurned * width->low;
}

bool ranks_miss_it(const Case& c) {
  const auto share = variance_share(c), ranks = rank_share(c);
  return share && ranks && share->low > kTwice * ranks->high && share->low > kLeastShare;
}

/// Found far more often among the dear draws than elsewhere.
bool marks_dear_draws(const Case& c) {
  const auto lift = c.findings.value("scenario", "lift");
  return lift && lift->low > kTwice;
}

std::string in_per_cent(double share) {
  return fmt::format("{:.{}f}%", 100 * share, share < 0.1 ? 1 : 0);
}

// The rules, in the order in which they are tried.

std::string rare(const Case& c) {
  const double common = commonest_share(c.problem.sample->ranks[c.subject]);
  if (common < kRare || !(ranks_miss_it(c) || marks_dear_draws(c))) return "";
  const Subject::Kind kind = c.problem.subjects[c.subject].kind;
  const bool risk = kind == Subject::Kind::risk || kind == Subject::Kind::line;
  return fmt::format("rare and large: {} in {} of the draws, and then it counts",
                     risk ? "it happens" : "it leaves its usual value", in_per_cent(1 - common));
}

std::string not_steady(const Case& c) {
  return turns(c) && ranks_miss_it(c) ? "not steady: its effect turns within its range, which ranks cannot see" : "";
}

std::string interacting(const Case& c) {
  const auto first = c.findings.value("sobol", "first"), total = c.findings.value("sobol", "total");
  if (!first || !total || total->low <= kLeastShare || total->low <= kTwice * std::max(first->high, 0.0)) return "";
  const double alone = std::max(0.0, (first->low + first->high) / 2), with = (total->low + total->high) / 2;
  return fmt::format("acts through other inputs: {} of the variance by itself, {} with its interactions",
                     in_per_cent(alone), in_per_cent(with));
}

std::string moved_along(const Case& c) {
  const auto swing = c.findings.value("swing", "width");
  const SubjectRow* alone = c.findings.row("one-at-a-time");
  const std::vector<Subject> all(c.problem.subjects.begin(), c.problem.subjects.end());
  if (!swing || alone == nullptr || c.problem.options.together || c.problem.options.statistic) return "";
  if (kTwice * alone->strength / kTenToNinetyOfLine >= swing->low / kSwingOfLine) return "";
  const std::vector<Subject> others = [&] {
    std::vector<Subject> rest = all;
    rest.erase(rest.begin() + static_cast<std::ptrdiff_t>(c.subject));
    return rest;
  }();
  for (const Subject& other : others)
    if (are_correlated(c.problem.scenario, {all[c.subject], other}))
      return fmt::format("moves with what it is correlated with ({}): by itself it does less", shown_name(other));
  return "";
}

std::string spread_only(const Case& c) {
  const auto width = c.findings.value("swing", "width");
  if (!width || c.problem.options.statistic || !(c.sd > 0)) return "";
  const double line = width->high / (kSwingOfLine * c.sd);
  if (line > kSmallSwing) return "";
  for (const auto& [method, key] : {std::pair("delta", "delta"), std::pair("pawn", "ks_median")}) {
    const SubjectRow* row = c.findings.row(method);
    const auto distance = c.findings.value(method, key);
    if (row != nullptr && row->above_noise && distance && distance->low > std::max(kLeastDistance, 0.8 * line))
      return "changes the spread or the tail more than the mean";
  }
  return "";
}

std::string in_the_tail(const Case& c) {
  return ranks_miss_it(c) ? "its weight lies in few extreme draws: large there, small elsewhere" : "";
}

std::string in_the_body(const Case& c) {
  const auto share = variance_share(c), ranks = rank_share(c);
  if (!share || !ranks || ranks->low <= kLeastShare || ranks->low <= kTwice * std::max(share->high, 0.0)) return "";
  return "moves the usual draws; the extremes come from others";
}

std::string remark_on(const Case& c) {
  for (const auto& rule : {rare, not_steady, interacting, moved_along, spread_only, in_the_tail, in_the_body})
    if (std::string remark = rule(c); !remark.empty()) return remark;
  return "";
}

/// Ranks that differ by two places (by one among four rows or fewer), or by whether it is noise.
bool disagree(const RankRow& row, std::size_t rows) {
  std::optional<int> least, greatest;
  bool missing = false;
  for (const auto& rank : row.ranks) {
    missing = missing || !rank;
    if (!rank) continue;
    least = std::min(least.value_or(*rank), *rank);
    greatest = std::max(greatest.value_or(*rank), *rank);
  }
  if (!least) return false;
  return missing || *greatest - *least >= (rows <= 4 ? 1 : 2);
}

std::optional<int> rank_in(const MethodTable& table, const Subject& subject) {
  const SubjectRow* row = find_row(table, subject);
  if (row == nullptr || !row->ranked || !row->above_noise || !(row->strength > 0)) return std::nullopt;
  return static_cast<int>(row - table.rows.data()) + 1;
}

double mean_rank(const RankRow& row, std::size_t last) {
  double sum = 0;
  for (const auto& rank : row.ranks) sum += rank ? *rank : static_cast<double>(last);
  return sum;
}

}  // namespace

std::vector<const MethodTable*> ranking_tables(std::span<const MethodTable> tables) {
  std::vector<const MethodTable*> ranking;
  for (const MethodTable& table : tables)
    if (table.ranks) ranking.push_back(&table);
  return ranking;
}

std::vector<RankRow> rank_rows(const SensitivityProblem& problem, std::span<const MethodTable> tables, double sd) {
  const std::vector<const MethodTable*> ranking = ranking_tables(tables);
  std::vector<RankRow> rows;
  for (std::size_t s = 0; s < problem.subjects.size(); ++s) {
    const Subject& subject = problem.subjects[s];
    RankRow row{subject.name, subject.label, name(subject.kind), {}, ""};
    for (const MethodTable* table : ranking) row.ranks.push_back(rank_in(*table, subject));
    const Findings findings(tables, subject);
    if (problem.sample != nullptr && disagree(row, problem.subjects.size()))
      row.remark = remark_on({problem, s, findings, sd});
    rows.push_back(std::move(row));
  }
  std::ranges::stable_sort(rows, {}, [&](const RankRow& row) { return mean_rank(row, rows.size()); });
  return rows;
}

std::string verdict(std::span<const RankRow> rows, std::span<const std::string> methods) {
  if (rows.empty() || methods.size() < 2) return "";
  struct First {
    std::string who, by;
    std::size_t count = 0;
  };
  std::vector<First> first;  // subjects that are first somewhere
  std::size_t tellers = 0;
  for (const RankRow& row : rows) {
    First here{row.label.empty() ? row.name : row.label, "", 0};
    for (std::size_t m = 0; m < methods.size() && m < row.ranks.size(); ++m) {
      if (row.ranks[m] != 1) continue;
      here.by += (here.count == 0 ? "" : ", ") + methods[m];
      ++here.count;
    }
    tellers += here.count;
    if (here.count > 0) first.push_back(std::move(here));
  }
  if (first.empty()) return "No method tells any of them from chance.";
  std::ranges::stable_sort(first, std::greater{}, &First::count);
  if (first.size() == 1) return fmt::format("Every method that ranks puts {} first.", first[0].who);
  std::string text = fmt::format("{} comes first by {} of {} methods", first[0].who, first[0].count, tellers);
  for (std::size_t i = 1; i < first.size(); ++i) text += fmt::format("; {} by {}", first[i].who, first[i].by);
  return text + ".";
}

}  // namespace tcosim
