#include "distributions/catalogue/lists.hpp"

#include <algorithm>

#include "distributions/catalogue/mixed.hpp"
#include "distributions/catalogue/tabulated.hpp"

namespace tcosim::families {
std::string counted(std::size_t n, std::string_view one, std::string_view many) {
  return std::to_string(n) + " " + std::string(n == 1 ? one : many);
}

std::optional<ParameterError> check_weights(std::size_t parameter, std::span<const double> weights,
                                            std::string_view what) {
  const auto negative = std::find_if(weights.begin(), weights.end(), [](double w) { return w < 0; });
  if (negative != weights.end())
    return ParameterError{parameter, "the " + std::string(what) + " " + text(*negative) + " is negative"};
  if (std::all_of(weights.begin(), weights.end(), [](double w) { return w == 0; }))
    return ParameterError{parameter, "every " + std::string(what) + " is 0"};
  return std::nullopt;
}

std::optional<ParameterError> check_ascending(std::size_t parameter, std::span<const double> values,
                                              std::string_view what) {
  const auto fall = std::is_sorted_until(values.begin(), values.end());
  if (fall == values.end()) return std::nullopt;
  return ParameterError{parameter, "the " + std::string(what) + " " + text(*fall) + " stands behind " +
                                       text(*(fall - 1)) + ": they must ascend"};
}

Distribution tabulated_with_jumps(std::span<const double> x, std::span<const double> f) {
  // Stretches without probability at the ends are no part of it.
  std::size_t first = 0, end = x.size();
  while (first + 1 < end && f[first + 1] == 0) ++first;
  while (end - first > 1 && f[end - 2] == 1) --end;

  std::vector<Piece> pieces;
  std::vector<double> run_x, run_f;
  const auto close_run = [&] {
    if (run_x.size() > 1 && run_f.back() > run_f.front()) {
      const double below = run_f.front(), probability = run_f.back() - below;
      for (double& p : run_f) p -= below;
      pieces.push_back({probability, std::nullopt, tabulated(run_x, run_f)});
    }
    run_x.clear();
    run_f.clear();
  };
  for (std::size_t i = first, next = first; i < end; i = next) {
    while (next < end && x[next] == x[i]) ++next;
    run_x.push_back(x[i]);
    run_f.push_back(f[i]);
    if (!(f[next - 1] > f[i])) continue;
    close_run();
    pieces.push_back({f[next - 1] - f[i], x[i], std::nullopt});
    run_x.push_back(x[i]);
    run_f.push_back(f[next - 1]);
  }
  close_run();
  return mixed(kMixed, std::move(pieces));
}

}  // namespace tcosim::families
