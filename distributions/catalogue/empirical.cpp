#include <algorithm>
#include <array>

#include "distributions/catalogue.hpp"
#include "distributions/catalogue/common.hpp"
#include "distributions/catalogue/lists.hpp"

namespace tcosim {
namespace families {
namespace {

constexpr std::array<Parameter, 2> kParameters{
    {{"values", Role::location, "the observed values, in any order", std::nullopt, true},
     {"step", Role::count, "1 draws the values themselves, 0 also those between them", 0}}};

Bound bind(std::span<const Argument> a) {
  const double step = number(a, 1);
  if (step != 0 && step != 1) {
    return refuse(1, "step is " + text(step) + "; it is 1 to draw the values themselves, 0 for those between them too");
  }
  if (static_cast<double>(list(a, 0).size()) > kMostAtoms) {
    return refuse(0, counted(list(a, 0).size(), "value", "values") + " are more than " + text(kMostAtoms));
  }
  return empirical(list(a, 0), step == 1);
}

constexpr std::array<Signature, 1> kSignatures{{{kParameters, bind}}};
constexpr std::array<std::string_view, 4> kExamples{"empirical([1.9, 2.2, 2.4, 2.4, 3.1, 4.6])",
                                                    "empirical([1.9, 2.2, 2.4, 2.4, 3.1, 4.6], step=1)",
                                                    "empirical([7, 7, 7])", "empirical([-1e12, 0, 1e-12])"};

}  // namespace

constinit const Family kEmpirical{
    .name = "empirical",
    .title = "past values as they are",
    .purpose = "you have data",
    .formula =
        "F rises in straight lines through (x_(i), (i - 1)/(n - 1)), x_(1) <= ... <= x_(n); with step=1 each "
        "value has the chance 1/n",
    .moments =
        "with step=1 the mean and the variance (divided by n) of the values; without, those of its straight lines",
    .source = "Hyndman, Fan: Sample Quantiles in Statistical Packages, 1996, definition 7",
    .advice =
        "For a data column that no family fits, with some hundred values or more. Nothing beyond the least and "
        "the greatest value can come up: of few values, or where a worse one is to be expected, fit a "
        "distribution instead.",
    .signatures = kSignatures,
    .examples = kExamples,
    .kind = Kind::tabulated,
};

}  // namespace families

Distribution empirical(std::span<const double> values, bool step) {
  using namespace families;
  std::vector<double> x(values.begin(), values.end());
  std::sort(x.begin(), x.end());
  if (x.front() == x.back()) return constant(x.front());
  if (step) {
    std::vector<Atom> atoms;
    atoms.reserve(x.size());
    for (const double value : x) atoms.push_back({value, 1});
    return discrete(std::move(atoms));
  }
  std::vector<double> f;
  f.reserve(x.size());
  const auto last = static_cast<double>(x.size() - 1);
  for (std::size_t i = 0; i < x.size(); ++i) f.push_back(static_cast<double>(i) / last);
  return x.size() == 2 ? Distribution{&kUniform, std::move(x), {}} : tabulated_with_jumps(x, f);
}

}  // namespace tcosim
