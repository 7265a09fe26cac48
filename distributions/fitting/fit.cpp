#include "distributions/fitting/fit.hpp"

#include <algorithm>
#include <cmath>
#include <cstdio>

#include "distributions/catalogue.hpp"
#include "distributions/catalogue/common.hpp"
#include "distributions/fitting/bootstrap.hpp"
#include "distributions/fitting/call_text.hpp"
#include "distributions/fitting/data_warnings.hpp"
#include "distributions/fitting/summary.hpp"
#include "distributions/stream.hpp"

namespace tcosim {
namespace {

using namespace fitting;

Unexpected<std::string> refuse(std::string why) {
  return {std::move(why)};
}

/// What is fitted, in ascending order: all values, or a random sample of so many, in which each value has its stream's
/// uniform and the least are taken.
struct Values {
  std::vector<double> all, sample;
  /// The sample with the least and the greatest of all values in place of its own.
  std::vector<double> to_the_ends;
};

std::vector<double> random_sample(const std::vector<double>& values, std::uint64_t seed) {
  std::vector<double> key(values.size());
  fill_uniforms(make_stream(seed, "fit/sample"), 0, key);
  std::vector<std::size_t> order(values.size());
  for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
  std::nth_element(order.begin(), order.begin() + kMostFitted, order.end(),
                   [&](std::size_t a, std::size_t b) { return key[a] < key[b]; });
  std::vector<double> sample;
  for (std::size_t i = 0; i < kMostFitted; ++i) sample.push_back(values[order[i]]);
  std::sort(sample.begin(), sample.end());
  return sample;
}

Values values_of(std::span<const double> data, std::uint64_t seed) {
  Values values{{data.begin(), data.end()}, {}, {}};
  std::sort(values.all.begin(), values.all.end());
  values.sample = values.all.size() > kMostFitted ? random_sample(values.all, seed) : values.all;
  values.to_the_ends = values.sample;
  values.to_the_ends.front() = values.all.front();
  values.to_the_ends.back() = values.all.back();
  return values;
}

double key_of(const FittedDistribution& fit, FitOrder order) {
  switch (order) {
    case FitOrder::aicc:
      return fit.goodness.aicc;
    case FitOrder::bic:
      return fit.goodness.bic;
    case FitOrder::anderson_darling:
      return fit.goodness.distances.anderson_darling;
    case FitOrder::kolmogorov_smirnov:
      return fit.goodness.distances.kolmogorov_smirnov;
  }
  return 0;
}

/// Where the data keep to natural bounds that the distribution crosses.
std::string remark_of(const Distribution& d, std::span<const double> data) {
  constexpr double kNoticeable = 0.001;
  const auto chance = [](double p) {
    char text[32];
    std::snprintf(text, sizeof text, "%.2g%%", 100 * p);
    return std::string(text);
  };
  const double below = data.front() >= 0 ? cdf(d, 0) - (d.family->kind == Kind::discrete ? pdf(d, 0) : 0) : 0;
  if (below > kNoticeable && support(d).low < 0) return "below 0 with probability " + chance(below);
  const bool share = data.front() >= 0 && data.back() <= 1;
  if (share && survival(d, 1) > kNoticeable) return "above 1 with probability " + chance(survival(d, 1));
  if (d.family == &families::kUniform || d.family == &families::kReciprocal)
    return "its ends are the data's: the true ones lie farther out";
  return "";
}

/// A value that the distribution says cannot be.
bool excludes(const Distribution& d, double x) {
  const Interval ends = support(d);
  if (x > ends.low && x < ends.high) return false;
  const double density = pdf(d, x);
  return x < ends.low || x > ends.high || !(density > 0 && std::isfinite(density));
}

/// Fits one family; nothing where it cannot describe the data.
std::optional<FittedDistribution> fit_one(const Family& family, const Values& values) {
  auto d = family.fit(values.sample);
  const bool short_of_ends = d && (excludes(*d, values.all.front()) || excludes(*d, values.all.back()));
  if (short_of_ends) d = family.fit(values.to_the_ends);
  if (!d) return std::nullopt;
  FittedDistribution out;
  out.family = &family;
  out.call = call_text(family, *d, short_of_ends ? values.to_the_ends : values.sample);
  out.parameters = family.fitted_parameters;
  out.goodness = goodness_of_fit(*d, values.sample, out.parameters);
  if (!std::isfinite(out.goodness.log_likelihood)) return std::nullopt;
  out.remark = remark_of(*d, values.all);
  out.distribution = std::move(*d);
  return out;
}

Expected<std::vector<const Family*>, std::string> candidates(const FitOptions& options, bool counts) {
  std::vector<const Family*> out;
  for (const Family* family : catalogue()) {
    const bool suits = family->kind != Kind::discrete || counts;
    if (options.families.empty() && family->fit != nullptr && suits) out.push_back(family);
  }
  for (const std::string& name : options.families) {
    const Family* family = find_family(name);
    if (family == nullptr) return refuse("there is no distribution '" + name + "'");
    if (family->fit == nullptr) return refuse("'" + name + "' cannot be fitted to data");
    out.push_back(family);
  }
  return out;
}

void fit_all(const std::vector<const Family*>& families, const Values& values, const FitOptions& options,
             FitReport& report) {
  std::vector<std::optional<FittedDistribution>> fits(families.size());
  const auto body = [&](std::size_t i) { fits[i] = fit_one(*families[i], values); };
  if (options.for_each) {
    options.for_each(fits.size(), body);
  } else {
    for (std::size_t i = 0; i < fits.size(); ++i) body(i);
  }
  for (std::size_t i = 0; i < fits.size(); ++i) {
    // Data whose values repeat draw the likelihood to a spike with endless tails; nobody budgets with such a one
    // unless it was asked for.
    const bool chosen = !options.families.empty();
    if (fits[i] && !chosen && !std::isfinite(mean(fits[i]->distribution))) {
      report.without_mean.emplace_back(families[i]->name);
    } else if (fits[i]) {
      report.fits.push_back(std::move(*fits[i]));
    } else {
      report.not_fitting.emplace_back(families[i]->name);
    }
  }
  std::stable_sort(report.fits.begin(), report.fits.end(),
                   [&](const auto& a, const auto& b) { return key_of(a, options.order) < key_of(b, options.order); });
}

void add_p_values(const FitOptions& options, FitReport& report) {
  std::vector<Fitted> best;
  for (const FittedDistribution& fit : report.fits) {
    if (best.size() < options.bootstrapped) best.push_back({fit.family, &fit.distribution, fit.goodness.distances});
  }
  if (options.bootstrap == 0) return;
  const auto p = bootstrap_p_values(best, report.used, options.bootstrap, options.seed, options.for_each);
  for (std::size_t i = 0; i < p.size(); ++i) {
    if (!p[i]) continue;
    // Infinite where the fit's ends are data themselves (uniform): then it tells nothing.
    if (std::isfinite(report.fits[i].goodness.distances.anderson_darling))
      report.fits[i].anderson_darling_p = p[i]->anderson_darling;
    report.fits[i].kolmogorov_smirnov_p = p[i]->kolmogorov_smirnov;
  }
}

/// "metalog(coefficients=[1, 2, 3], low=0)".
std::string metalog_call(const Distribution& metalog) {
  std::string call;
  for (const double a : metalog_coefficients(metalog)) call += (call.empty() ? "" : ", ") + families::text(a);
  call = "metalog(coefficients=[" + call + "]";
  const MetalogBounds bounds = metalog_bounds(metalog);
  if (bounds.low) call += ", low=" + families::text(*bounds.low);
  if (bounds.high) call += ", high=" + families::text(*bounds.high);
  return call + ")";
}

/// Those that are feasible. The error is that of the last, should there be none.
std::string add_metalogs(const Values& values, const FitOptions& options, FitReport& report) {
  const std::size_t first = options.metalog_terms.value_or(3), last = options.metalog_terms.value_or(9);
  std::string error = "there are only " + std::to_string(report.distinct) + " different values";
  for (std::size_t terms = first; terms <= last && terms <= report.distinct; ++terms) {
    auto d = metalog_from_data(options.metalog_all_points ? values.to_the_ends : values.all, terms,
                               options.metalog_bounds, options.metalog_all_points);
    if (!d) {
      error = d.error();
      continue;
    }
    FittedDistribution out{&families::kMetalog, std::move(d).value(), "", terms, {}, {}, {}, ""};
    out.call = metalog_call(out.distribution);
    out.goodness = goodness_of_fit(out.distribution, values.sample, terms);
    out.remark = remark_of(out.distribution, values.all);
    report.metalogs.push_back(std::move(out));
  }
  return error;
}

FitReport summary_of(std::span<const double> data, std::size_t used) {
  FitReport report;
  report.count = data.size();
  report.used = used;
  report.distinct = distinct_values(data);
  report.counts = are_counts(data);
  report.least = data.front();
  report.greatest = data.back();
  report.mean = mean_of(data);
  report.sd = deviation_of(data) * std::sqrt(static_cast<double>(data.size()) / static_cast<double>(data.size() - 1));
  report.lower_quartile = sample_quantile(data, 0.25);
  report.median = sample_quantile(data, 0.5);
  report.upper_quartile = sample_quantile(data, 0.75);
  return report;
}

std::string reason_to_refuse(std::span<const double> data) {
  for (const double x : data) {
    if (!std::isfinite(x) || std::abs(x) > families::kHugest)
      return "the data hold " + families::text(x) + ", which is too large to compute with";
  }
  const std::string count = std::to_string(data.size());
  if (data.empty()) return "there are no values";
  if (data.size() < kLeastFitted)
    return count + (data.size() == 1 ? " value is" : " values are") + " too few to fit a distribution: 8 are needed";
  const auto [least, greatest] = std::minmax_element(data.begin(), data.end());
  if (*least == *greatest) {
    return "all " + count + " values are " + families::text(*least) + ": nothing varies, so write " +
           families::text(*least);
  }
  return "";
}

}  // namespace

std::vector<std::string> fit_candidates() {
  std::vector<std::string> names;
  for (const Family* family : catalogue()) {
    if (family->fit != nullptr) names.emplace_back(family->name);
  }
  return names;
}

std::string metalog_points(const FitReport& report, bool all_points) {
  if (!all_points) return "117 quantiles of the data";
  return (report.used < report.count ? "" : "all ") + std::to_string(report.used) + " values" +
         (report.used < report.count ? " of the sample" : "");
}

Expected<FitReport, std::string> fit(std::span<const double> data, const FitOptions& options) {
  if (std::string why = reason_to_refuse(data); !why.empty()) return refuse(std::move(why));
  const Values values = values_of(data, options.seed);
  const std::string sampled = "a random sample of " + std::to_string(values.sample.size()) + " of the " +
                              std::to_string(values.all.size()) + " values";
  if (values.sample.front() == values.sample.back()) {
    const std::string all = families::text(values.sample.front());
    return refuse("in " + sampled + ", which is what is fitted, all are " + all +
                  ": nothing varies but a few, so write " + all + ", or take empirical()");
  }
  FitReport report = summary_of(values.all, values.sample.size());
  const bool only_metalog = options.families.size() == 1 && options.families.front() == "metalog";
  if (!only_metalog) {
    const auto families = candidates(options, report.counts);
    if (!families) return refuse(families.error());
    fit_all(*families, values, options, report);
    if (report.fits.empty() && options.families.size() == 1) {
      return refuse(options.families.front() + " cannot describe these values, from " + families::text(report.least) +
                    " to " + families::text(report.greatest));
    }
    if (report.fits.empty() && !options.metalogs)
      return refuse("no distribution with a finite mean describes these values");
    add_p_values(options, report);
  }
  if (options.metalogs || only_metalog) {
    const std::string error = add_metalogs(values, options, report);
    if (only_metalog && report.metalogs.empty()) return refuse("metalog: " + error);
  }
  report.warnings = data_warnings(values.all, report.fits.empty() ? nullptr : &report.fits.front().distribution);
  if (report.used < report.count) report.warnings.push_back("Fitted is " + sampled + ".");
  return report;
}

}  // namespace tcosim
