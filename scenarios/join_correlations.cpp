#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>
#include <set>
#include <utility>

#include "scenarios/correlation_resolver.hpp"
#include "scenarios/read_correlations.hpp"

namespace tcosim {
namespace {

constexpr std::size_t kMostShown = 12;  // pairs in one message

/// Without the minus sign of what rounds to nothing.
std::string shown(double correlation) {
  const double rounded = std::round(correlation * 1000) / 1000;
  return fmt::format("{:.3g}", rounded == 0 ? 0 : rounded);
}

/// Towards zero, so that an end which cannot be reached is not shown as one that can.
std::string shown_end(double end) {
  return fmt::format("{:.3g}", std::trunc(end * 1000) / 1000 + 0.0);
}

}  // namespace

void CorrelationResolver::find_groups() {
  std::vector<std::size_t> root(subjects_.size());
  std::iota(root.begin(), root.end(), std::size_t{0});
  const auto find = [&](std::size_t s) {
    while (root[s] != s) s = root[s] = root[root[s]];
    return s;
  };
  for (const Entry& entry : entries_) {
    for (const std::size_t s : entry.subjects)
      root[std::max(find(s), find(entry.subjects[0]))] = std::min(find(s), find(entry.subjects[0]));
  }
  std::map<std::size_t, std::size_t> group_of;
  std::vector<bool> placed(subjects_.size(), false);
  for (std::size_t e = 0; e < entries_.size(); ++e) {
    if (entries_[e].subjects.size() < 2) continue;
    const auto [place, is_new] = group_of.try_emplace(find(entries_[e].subjects[0]), groups_.size());
    if (is_new) groups_.emplace_back();
    Group& group = groups_[place->second];
    group.entries.push_back(e);
    for (const std::size_t s : entries_[e].subjects) {
      if (!placed[s]) group.subjects.push_back(s);
      placed[s] = true;
    }
  }
  for (std::size_t p = 0; p < pairs_.size(); ++p) groups_[group_of.at(find(pairs_[p].first))].pairs.push_back(p);
  put_replaceable_last();
}

/// Whatever is pulled: a copula makes each member from those before it, so that the others keep their draws when a
/// lever gives one another stream, or takes it away.
void CorrelationResolver::put_replaceable_last() {
  std::set<std::string> replaceable;
  for (const LeverDeclaration& lever : resolver_.declarations_.levers) {
    for (const InputChange& change : lever.sets) replaceable.insert(change.input.text);
    for (const Scalar& line : lever.removes) replaceable.insert(line.text);
  }
  const auto stays = [&](std::size_t s) { return replaceable.count(correlated(s).name) == 0; };
  for (Group& group : groups_) std::stable_partition(group.subjects.begin(), group.subjects.end(), stays);
}

bool CorrelationResolver::check_size(const Group& group) {
  if (group.subjects.size() <= kMostCorrelated) return true;
  report_.error(entries_[group.entries.back()].declaration->place,
                fmt::format("{} inputs hang together by their correlations, and {} can at most", group.subjects.size(),
                            kMostCorrelated),
                "leave out the pair that joins two lots of inputs which have little to do with each other");
  return false;
}

bool CorrelationResolver::check_copulas(const Group& group) {
  const Entry& first = entries_[group.entries[0]];
  for (const std::size_t e : group.entries) {
    const Entry& entry = entries_[e];
    const CorrelationDeclaration& declaration = *entry.declaration;
    const Place& place = declaration.copula ? declaration.copula->place : declaration.place;
    if (entry.kind != first.kind || entry.freedom != first.freedom) {
      report_.error(place,
                    fmt::format("inputs that hang together have one copula, and this is {} where line {} has {}",
                                copula_name(entry.kind, entry.freedom), to_span(first.declaration->place).line,
                                copula_name(first.kind, first.freedom)),
                    joins_pairs_only(entry.kind) || joins_pairs_only(first.kind)
                        ? "the inputs of a Clayton, Gumbel or Frank copula are in one pair only"
                        : "say the same 'copula:' in both");
      return false;
    }
    if (joins_pairs_only(entry.kind) && group.entries.size() > 1) {
      const Entry& second = entries_[group.entries[1]];
      report_.error(second.declaration->place,
                    fmt::format("the inputs of a {} copula are in one pair only, and line {} has one of these too",
                                copula_name(entry.kind, 0), to_span(first.declaration->place).line),
                    "for more take 'gaussian', or 't(4)' where extremes come together");
      return false;
    }
  }
  for (const std::size_t p : group.pairs) {
    if (!entries_[pairs_[p].entry].pearson) continue;
    for (const std::size_t s : {pairs_[p].first, pairs_[p].second}) {
      if (std::isfinite(variance(out_.variables[correlated(s).variable].distribution))) continue;
      report_.error(pairs_[p].written->place,
                    fmt::format("'{}' has no finite variance, so there is no Pearson correlation", correlated(s).name),
                    "give its 'rank:' correlation");
      return false;
    }
  }
  return true;
}

void CorrelationResolver::report_out_of_reach(const Pair& pair, const Interval& reach) {
  const double s = sign(pair), low = s > 0 ? reach.low : -reach.high, high = s > 0 ? reach.high : -reach.low;
  report_.error(pair.written->place,
                fmt::format("{} correlations of '{}' and '{}' reach from {} to {}, and '{}' is beyond",
                            entries_[pair.entry].pearson ? "Pearson's" : "rank", correlated(pair.first).name,
                            correlated(pair.second).name, shown_end(low), shown_end(high), pair.written->text),
                entries_[pair.entry].pearson ? "'rank:' correlations of smooth distributions have no such bounds" : "");
}

void CorrelationResolver::join_pair(const Group& group) {
  const Pair& pair = pairs_[group.pairs[0]];
  const Entry& entry = entries_[pair.entry];
  const Correlated &a = correlated(pair.first), &b = correlated(pair.second);
  const std::string title = copula_name(entry.kind, 0);
  if (entry.kind != CopulaKind::frank && (a.falls || b.falls)) {
    return report_.error(pair.written->place,
                         fmt::format("'{}' falls as its distribution rises, which a {} copula, different in both "
                                     "tails, would turn over",
                                     a.falls ? a.name : b.name, title),
                         "state it with a distribution that rises, or take 'frank', 't(4)' or 'gaussian'");
  }
  if (entry.kind != CopulaKind::frank && pair.value < 0) {
    return report_.error(pair.written->place,
                         fmt::format("a {} copula has no negative correlations: '{}'", title, pair.written->text),
                         "take 'frank', 't(4)' or 'gaussian'");
  }
  std::map<CorrelationCache::Question, double>& answers = resolver_.cache_.correlations.answers;
  if (const auto known = answers.find(question(pair)); known != answers.end())
    return add_group(group, Copula{entry.kind, 2, {}, known->second});
  const Score first = coarse_score(a, entry.pearson), second = coarse_score(b, entry.pearson);
  const double value = sign(pair) * pair.value;
  std::optional<double> theta = solve_theta(entry.kind, value, first, second);
  if (theta) answers[question(pair)] = *theta;
  if (!theta) {
    const Interval reach = attainable(entry.kind, first, second);
    if (entry.pearson || (!a.tied && !b.tied)) return report_out_of_reach(pair, reach);
    const Score untied = uniform_score(kCoarseCells);
    theta = solve_theta(entry.kind, value, untied, untied);
    if (!theta) return report_out_of_reach(pair, reach);
    warn_of_ties(pair, reach, correlation(entry.kind, *theta, first, second));
  }
  add_group(group, Copula{entry.kind, 2, {}, *theta});
}

void CorrelationResolver::join_matrix(const Group& group) {
  const Entry& entry = entries_[group.entries[0]];
  const bool student = entry.kind == CopulaKind::student_t;
  CorrelationLinks links(student ? std::optional(entry.freedom) : std::nullopt);
  std::vector<std::size_t> place(subjects_.size());
  for (std::size_t i = 0; i < group.subjects.size(); ++i) place[group.subjects[i]] = i;

  CorrelationMatrix matrix(group.subjects.size());
  const std::size_t errors = report_.error_count();
  for (const std::size_t p : group.pairs) {
    const Pair& pair = pairs_[p];
    matrix.set(place[pair.first], place[pair.second], copula_correlation(pair, links));
  }
  if (report_.error_count() > errors) return;
  std::optional<std::vector<double>> factor = cholesky(matrix);
  if (!factor) {
    if (!mend(group, links, matrix)) return;
    factor = cholesky(matrix);
  }
  add_group(group, Copula{entry.kind, matrix.size(), std::move(*factor), entry.freedom});
}

/// All that the parameter of the copula depends on.
CorrelationCache::Question CorrelationResolver::question(const Pair& pair) const {
  const Entry& entry = entries_[pair.entry];
  const Correlated &a = correlated(pair.first), &b = correlated(pair.second);
  return {entry.kind, entry.freedom, entry.pearson, a.shape, b.shape, sign(pair) * pair.value};
}

/// Of the two variables behind a pair; with a warning where ties keep the ranks from it.
double CorrelationResolver::copula_correlation(const Pair& pair, CorrelationLinks& links) {
  std::map<CorrelationCache::Question, double>& answers = resolver_.cache_.correlations.answers;
  if (const auto known = answers.find(question(pair)); known != answers.end()) return known->second;
  const CorrelationLink link =
      links.link(correlated(pair.first), correlated(pair.second), entries_[pair.entry].pearson);
  const double value = sign(pair) * pair.value;
  if (const std::optional<double> found = link.copula_correlation(value)) {
    answers[question(pair)] = *found;
    return *found;
  }
  if (entries_[pair.entry].pearson) {
    report_out_of_reach(pair, link.attainable());
    return 0;
  }
  const double taken = gaussian_correlation(value);
  warn_of_ties(pair, link.attainable(), link.correlation(taken));
  return taken;
}

void CorrelationResolver::warn_of_ties(const Pair& pair, const Interval& reach, double achieved) {
  const Correlated &a = correlated(pair.first), &b = correlated(pair.second);
  const double limit =
      pair.value > 0 ? (sign(pair) > 0 ? reach.high : -reach.low) : (sign(pair) > 0 ? reach.low : -reach.high);
  report_.warning(pair.written->place,
                  fmt::format("the rank correlation of '{}' and '{}' can be {} at most, since '{}' has few values that "
                              "differ: '{}' is taken as that of the copula, and comes to {}",
                              a.name, b.name, shown(limit), a.tied ? a.name : b.name, pair.written->text,
                              shown(sign(pair) * achieved)));
}

/// The correlation of two of a group's members in the words of the file: of its kind, of the inputs.
double CorrelationResolver::stated(const Group& group, CorrelationLinks& links, const CorrelationMatrix& matrix,
                                   std::size_t i, std::size_t j) {
  const Correlated &a = correlated(group.subjects[i]), &b = correlated(group.subjects[j]);
  const Pair* pair = find_pair(group.subjects[i], group.subjects[j]);
  const bool pearson = pair != nullptr && entries_[pair->entry].pearson;
  return (a.falls == b.falls ? 1 : -1) * links.link(a, b, pearson).correlation(matrix(i, j));
}

/// The nearest matrix in place of an impossible one, if the file asks for it; else an error that shows it.
bool CorrelationResolver::mend(const Group& group, CorrelationLinks& links, CorrelationMatrix& matrix) {
  const CorrelationMatrix nearest = nearest_correlation(matrix);
  const bool repair =
      std::ranges::any_of(group.entries, [&](std::size_t e) { return entries_[e].declaration->repair; });
  const Place& place = entries_[group.entries[0]].declaration->place;
  if (!repair) {
    report_.error(place,
                  fmt::format("no inputs have all these correlations at once (the matrix has the eigenvalue {:.2g})",
                              least_eigenvalue(matrix)),
                  nearest_values(group, links, nearest));
    return false;
  }
  matrix = shrunk(nearest);
  double most = 0;
  std::string largest;
  for (std::size_t i = 0; i < matrix.size(); ++i) {
    for (std::size_t j = 0; j < i; ++j) {
      const Correlated &a = correlated(group.subjects[j]), &b = correlated(group.subjects[i]);
      const Pair* pair = find_pair(group.subjects[i], group.subjects[j]);
      const double before = pair == nullptr ? 0 : pair->value, after = stated(group, links, matrix, i, j);
      if (std::abs(after - before) <= most) continue;
      most = std::abs(after - before);
      largest = fmt::format("'{}' and '{}' from {} to {}", a.name, b.name, shown(before), shown(after));
    }
  }
  report_.warning(place, fmt::format("no inputs have all these correlations at once: the nearest that are possible are "
                                     "taken, and the largest change is that of {}",
                                     largest));
  return true;
}

/// "a, b 0.761 (0.9); ...": rounded, and possible as they are shown.
std::string CorrelationResolver::nearest_values(const Group& group, CorrelationLinks& links,
                                                const CorrelationMatrix& nearest) {
  struct Change {
    double before = 0, after = 0;
    std::size_t i = 0, j = 0;
  };
  std::vector<Change> changes;
  const std::size_t size = nearest.size();
  constexpr std::size_t kMostChecked = 30;  // members; of more not all is shown anyway
  for (double least = 1e-4;; least *= 2) {
    const CorrelationMatrix possible = shrunk(nearest, least);
    CorrelationMatrix rounded(size);
    changes.clear();
    for (std::size_t i = 0; i < size; ++i) {
      for (std::size_t j = 0; j < i; ++j) {
        const Correlated &a = correlated(group.subjects[j]), &b = correlated(group.subjects[i]);
        const Pair* pair = find_pair(group.subjects[i], group.subjects[j]);
        const double after = std::round(stated(group, links, possible, i, j) * 1000) / 1000;
        changes.push_back({pair == nullptr ? 0 : pair->value, after, j, i});
        const CorrelationLink link = links.link(a, b, pair != nullptr && entries_[pair->entry].pearson);
        rounded.set(i, j, link.copula_correlation((a.falls == b.falls ? 1 : -1) * after).value_or(possible(i, j)));
      }
    }
    if (size > kMostChecked || least > 0.5 || cholesky(rounded)) break;
  }
  std::ranges::stable_sort(changes, std::ranges::greater(),
                           [](const Change& c) { return std::abs(c.after - c.before); });
  std::string text = "the nearest that are possible: ";
  std::size_t count = 0;
  for (const Change& change : changes) {
    if (std::abs(change.after - change.before) < 5e-4 && count > 0) break;
    if (count == kMostShown) {
      text += "; and others";
      break;
    }
    text += fmt::format("{}{} and {} {} (not {})", count++ == 0 ? "" : "; ", correlated(group.subjects[change.i]).name,
                        correlated(group.subjects[change.j]).name, shown(change.after), shown(change.before));
  }
  return text + ". 'repair: yes' takes them";
}

void CorrelationResolver::add_group(const Group& group, Copula copula) {
  CorrelationGroup made{{}, std::move(copula), {}};
  const Entry& entry = entries_[group.entries[0]];
  made.copula_text = copula_name(entry.kind, entry.freedom);
  for (const std::size_t s : group.subjects) made.variables.push_back(correlated(s).variable);
  out_.correlation_groups.push_back(std::move(made));
}

}  // namespace tcosim
