#include <array>

#include "distributions/catalogue/common.hpp"
#include "distributions/catalogue/lists.hpp"

namespace tcosim::families {
namespace {

constexpr Parameter kWeights{"weights", Role::shape, "how much is in each bin: counts or shares", std::nullopt, true};
constexpr std::array<Parameter, 3> kEqualBins{{{"low", Role::location, "where the first bin begins"},
                                               {"high", Role::location, "where the last bin ends"},
                                               kWeights}};
constexpr std::array<Parameter, 2> kEdges{
    {{"edges", Role::location, "the bounds of the bins, one more than bins, ascending", std::nullopt, true}, kWeights}};

Distribution of_bins(std::span<const double> edges, std::span<const double> weights) {
  if (weights.size() == 1) return {&kUniform, {edges[0], edges[1]}, {}};
  // Relative to the largest: the sum of huge weights must not overflow.
  double largest = 0;
  for (const double weight : weights) largest = std::fmax(largest, weight);
  std::vector<double> below{0};
  for (const double weight : weights) below.push_back(below.back() + weight / largest);
  const double total = below.back();
  for (double& f : below) f /= total;
  return tabulated_with_jumps(edges, below);
}

Bound bind_equal_bins(std::span<const Argument> a) {
  const double low = number(a, 0);
  const double high = number(a, 1);
  const std::vector<double>& weights = list(a, 2);
  if (low > high) return refuse(0, "the least value, " + text(low) + ", is above the greatest, " + text(high));
  if (auto error = check_weights(2, weights, "weight")) return Unexpected<ParameterError>{*error};
  if (low == high) return constant(low);
  std::vector<double> edges;
  const auto bins = static_cast<double>(weights.size());
  for (double i = 0; i < bins; ++i) edges.push_back(low + (high - low) * (i / bins));
  edges.push_back(high);
  return of_bins(edges, weights);
}

Bound bind_edges(std::span<const Argument> a) {
  const std::vector<double>& edges = list(a, 0);
  const std::vector<double>& weights = list(a, 1);
  if (edges.size() != weights.size() + 1) {
    return refuse(1, counted(edges.size(), "edge bounds", "edges bound") + " " +
                         counted(edges.size() - 1, "bin", "bins") + ", and there are " +
                         counted(weights.size(), "weight", "weights"));
  }
  if (auto error = check_ascending(0, edges, "edge")) return Unexpected<ParameterError>{*error};
  if (auto error = check_weights(1, weights, "weight")) return Unexpected<ParameterError>{*error};
  if (edges.front() == edges.back()) return constant(edges.front());
  return of_bins(edges, weights);
}

constexpr std::array<Signature, 2> kSignatures{{{kEqualBins, bind_equal_bins}, {kEdges, bind_edges}}};
constexpr std::array<std::string_view, 4> kExamples{"histogram(0, 500, [12, 30, 41, 12, 5])",
                                                    "histogram(edges=[0, 100, 250, 1000], weights=[40, 35, 25])",
                                                    "histogram(3, 3, [1, 2])", "histogram(-1e9, 1e9, [1e-9, 1, 1e6])"};

}  // namespace

constinit const Family kHistogram{
    .name = "histogram",
    .title = "bins with a weight each",
    .purpose = "you have data",
    .formula = "f(x) = weights[i] / (sum of the weights * width of bin i) in bin i",
    .moments =
        "mean sum of w_i times the middle of bin i, over the sum of w_i; variance that of the middles + mean of "
        "width^2/12",
    .source = "",
    .advice =
        "For data that are known only as counts in classes, such as a chart in a report. Within a bin all "
        "values are equally likely. Of the values themselves take empirical.",
    .signatures = kSignatures,
    .examples = kExamples,
    .kind = Kind::tabulated,
};

}  // namespace tcosim::families
