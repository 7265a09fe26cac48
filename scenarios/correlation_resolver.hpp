// The entries of `correlations:` become groups of variables with one copula each. Internal to the resolver.
// Two files: what each entry says (resolve_correlations.cpp), and what all of them together come to
// (join_correlations.cpp). Promises a possible correlation matrix for each group, or an error that shows the nearest.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "distributions/copula.hpp"
#include "distributions/correlation_matrix.hpp"
#include "scenarios/correlation_links.hpp"
#include "scenarios/resolver.hpp"

namespace tcosim {

/// "Gaussian", "t(4)", "Clayton".
[[nodiscard]] std::string copula_name(CopulaKind kind, double freedom);

/// Clayton, Gumbel and Frank.
[[nodiscard]] bool joins_pairs_only(CopulaKind kind);

/// The entries of `correlations:` become groups of variables with one copula each.
class CorrelationResolver {
 public:
  explicit CorrelationResolver(Resolver& resolver)
      : resolver_(resolver), report_(resolver.report_), out_(resolver.out_) {}

  void resolve();

 private:
  struct Entry {
    const CorrelationDeclaration* declaration = nullptr;
    CopulaKind kind = CopulaKind::gaussian;
    double freedom = 0;
    bool pearson = false;
    std::vector<std::size_t> subjects;
  };
  struct Pair {
    std::size_t first = 0, second = 0;  ///< subjects, in the order of the entry
    std::size_t entry = 0;
    double value = 0;  ///< as the file has it
    const Scalar* written = nullptr;
  };
  struct Group {
    std::vector<std::size_t> subjects;  ///< as the file names them, those that levers set or remove behind the others
    std::vector<std::size_t> pairs, entries;
  };

  void read(const CorrelationDeclaration& declaration);
  bool read_copula(const CorrelationDeclaration& declaration, Entry& entry);
  std::optional<double> read_value(const Expression& expression, bool diagonal);
  bool read_matrix_shape(const std::vector<std::vector<double>>& values, const CorrelationDeclaration& declaration);
  void add_pair(std::size_t i, std::size_t j, double value, const Scalar& written);

  std::optional<std::size_t> subject(const Scalar& written);
  [[nodiscard]] std::string suggestion_for(const std::string& name);
  std::optional<Correlated> of_input(const Scalar& written, std::size_t index);
  std::optional<Correlated> of_risk(const Scalar& written, std::size_t index);
  [[nodiscard]] Formula of_one_variable(Formula formula) const;
  std::optional<Correlated> moved_by(const Scalar& written, const Input& input, const Formula& own);
  bool check_free(const Scalar& written, std::uint32_t variable);
  void refuse(const Scalar& written, std::string message, std::string suggestion = "");

  void find_groups();
  void put_replaceable_last();
  bool check_size(const Group& group);
  bool check_copulas(const Group& group);
  void join_pair(const Group& group);
  void join_matrix(const Group& group);
  [[nodiscard]] CorrelationCache::Question question(const Pair& pair) const;
  double copula_correlation(const Pair& pair, CorrelationLinks& links);
  bool mend(const Group& group, CorrelationLinks& links, CorrelationMatrix& matrix);
  std::string nearest_values(const Group& group, CorrelationLinks& links, const CorrelationMatrix& nearest);
  double stated(const Group& group, CorrelationLinks& links, const CorrelationMatrix& matrix, std::size_t i,
                std::size_t j);
  void warn_of_ties(const Pair& pair, const Interval& reach, double achieved);
  void report_out_of_reach(const Pair& pair, const Interval& reach);
  void add_group(const Group& group, Copula copula);

  [[nodiscard]] const Correlated& correlated(std::size_t subject) const { return subjects_[subject]; }
  [[nodiscard]] double sign(const Pair& pair) const {
    return subjects_[pair.first].falls == subjects_[pair.second].falls ? 1 : -1;
  }
  /// The pair of two subjects that the file names, or null.
  [[nodiscard]] const Pair* find_pair(std::size_t i, std::size_t j) const {
    const auto found = pair_of_.find({std::min(i, j), std::max(i, j)});
    return found == pair_of_.end() ? nullptr : &pairs_[found->second];
  }

  Resolver& resolver_;
  Report& report_;
  Scenario& out_;
  std::vector<Correlated> subjects_;
  std::map<std::string, std::size_t> known_;
  std::set<std::string> dropped_;  ///< made certain by --set or a lever: their pairs are left out
  std::vector<Entry> entries_;
  std::vector<Pair> pairs_;
  std::map<std::pair<std::size_t, std::size_t>, std::size_t> pair_of_;  ///< by subjects, the lesser first
  std::vector<Group> groups_;
  std::vector<std::string> candidates_;  ///< names that can be meant, once one is unknown
  std::size_t suggestions_ = 0;
  bool failed_ = false;
};

}  // namespace tcosim
