// tcosim fit DATA.csv --column C: the distributions that fit a data column, ranked.
#include "distributions/fitting/fit.hpp"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <chrono>
#include <memory>
#include <optional>

#include "cli/command.hpp"
#include "cli/errors.hpp"
#include "cli/numbers.hpp"
#include "cli/picture_options.hpp"
#include "distributions/catalogue.hpp"
#include "distributions/fitting/picture.hpp"
#include "plots/charts/charts.hpp"
#include "plots/fit_text.hpp"
#include "scenarios/data_file.hpp"
#include "sim/parallel.hpp"

namespace tcosim {
namespace {

constexpr std::size_t kPictureColumns = 60;
constexpr std::size_t kPictured = 3;
constexpr std::size_t kCurvePoints = 301, kQuantilePoints = 400;  // of charts
constexpr double kMostReplicates = 100'000;

struct FitArguments {
  std::string file;
  std::optional<std::string> column, weights, change, family, sort, bootstrap, terms, low, high, points, seed, threads,
      json;
  std::vector<std::string> where;
  PictureOptions pictures;
  bool quiet = false;
};

std::string sentence(const DataError& error) {
  return error.suggestion.empty() ? error.message : error.message + "; " + error.suggestion;
}

template <class T>
T value_or_throw(Expected<T, DataError> read) {
  if (!read) throw UsageError(sentence(read.error()));
  return std::move(read).value();
}

double number_of(const std::optional<std::string>& text, const char* option, double low, double high) {
  const auto number = parse_number(*text);
  if (!number) throw UsageError(fmt::format("{}: {}", option, number.error()));
  if (!(number->value >= low && number->value <= high))
    throw UsageError(fmt::format("{}: {} to {} is expected, not '{}'", option, low, high, *text));
  return number->value;
}

std::size_t whole_of(const std::optional<std::string>& text, const char* option, double low, double high) {
  const double value = number_of(text, option, low, high);
  const auto whole = static_cast<std::size_t>(value);
  if (static_cast<double>(whole) != value)
    throw UsageError(fmt::format("{}: a whole number is expected, not '{}'", option, *text));
  return whole;
}

FitOrder order_of(const std::optional<std::string>& text) {
  if (!text || *text == "aicc") return FitOrder::aicc;
  if (*text == "bic") return FitOrder::bic;
  if (*text == "ad") return FitOrder::anderson_darling;
  if (*text == "ks") return FitOrder::kolmogorov_smirnov;
  throw UsageError(fmt::format("--sort: aicc, bic, ad or ks is expected, not '{}'", *text));
}

std::string name_of(FitOrder order) {
  switch (order) {
    case FitOrder::aicc:
      return "AICc";
    case FitOrder::bic:
      return "BIC";
    case FitOrder::anderson_darling:
      return "Anderson-Darling";
    case FitOrder::kolmogorov_smirnov:
      return "Kolmogorov-Smirnov";
  }
  return "";
}

std::vector<std::string> names_in(const std::optional<std::string>& text) {
  std::vector<std::string> names;
  for (std::size_t start = 0; text && start <= text->size();) {
    const std::size_t end = std::min(text->find(',', start), text->size());
    if (end > start) names.push_back(text->substr(start, end - start));
    start = end + 1;
  }
  return names;
}

std::vector<std::string> families_of(const std::optional<std::string>& text) {
  std::vector<std::string> names = names_in(text);
  if (names == std::vector<std::string>{"auto"}) return {};
  std::vector<std::string> known = fit_candidates();
  known.insert(known.end(), {"auto", "metalog"});
  for (const std::string& name : names) {
    if (std::find(known.begin(), known.end(), name) != known.end()) continue;
    const std::string near = closest(name, known);
    const bool exists = find_family(name) != nullptr;
    throw UsageError((exists ? fmt::format("--family: '{}' cannot be fitted to data", name)
                             : fmt::format("--family: unknown distribution '{}'", name)) +
                     (near.empty() ? "" : fmt::format("; did you mean '{}'?", near)));
  }
  return names;
}

bool all_points_of(const std::optional<std::string>& text) {
  if (!text || *text == "reduced") return false;
  if (*text == "all") return true;
  throw UsageError(fmt::format("--points: all or reduced is expected, not '{}'", *text));
}

FitOptions options_of(const FitArguments& arguments) {
  constexpr double kFarthest = 1e150;
  FitOptions options;
  options.families = families_of(arguments.family);
  options.order = order_of(arguments.sort);
  if (arguments.bootstrap) options.bootstrap = whole_of(arguments.bootstrap, "--bootstrap", 0, kMostReplicates);
  if (arguments.terms) options.metalog_terms = whole_of(arguments.terms, "--terms", 2, kMostMetalogTerms);
  if (arguments.low) options.metalog_bounds.low = number_of(arguments.low, "--low", -kFarthest, kFarthest);
  if (arguments.high) options.metalog_bounds.high = number_of(arguments.high, "--high", -kFarthest, kFarthest);
  options.metalog_all_points = all_points_of(arguments.points);
  if (arguments.seed) options.seed = value_or_throw(parse_seed(*arguments.seed), "--seed");
  return options;
}

FitRow row_of(const FittedDistribution& fit) {
  const Distribution& d = fit.distribution;
  const GoodnessOfFit& g = fit.goodness;
  return {std::string(fit.family->name),
          fit.call,
          fit.remark,
          fit.parameters,
          g.log_likelihood,
          g.aic,
          g.aicc,
          g.bic,
          g.distances.kolmogorov_smirnov,
          g.distances.cramer_von_mises,
          g.distances.anderson_darling,
          fit.kolmogorov_smirnov_p,
          fit.anderson_darling_p,
          mean(d),
          quantile(d, 0.1),
          quantile(d, 0.5),
          quantile_upper(d, 0.1)};
}

std::string in_quotes(const std::string& text) {
  return '"' + text + '"';
}

// The lines with numbers, best first, and the one that follows the file.
std::vector<std::string> paste_of(const FitArguments& arguments, const std::vector<FittedDistribution>& fits) {
  const FittedDistribution& best = fits.front();
  std::string follow = fmt::format("fit({}, column={}", in_quotes(arguments.file), in_quotes(*arguments.column));
  std::string where;
  for (const std::string& condition : arguments.where) where += (where.empty() ? "" : ", ") + condition;
  if (!where.empty() && where.find('"') == std::string::npos) follow += ", where=" + in_quotes(where);
  if (arguments.weights) follow += ", weights=" + in_quotes(*arguments.weights);
  if (arguments.change) follow += ", change=" + in_quotes(*arguments.change);
  follow += ", family=" + in_quotes(std::string(best.family->name));
  if (best.family->name == "metalog") {
    follow += fmt::format(", terms={}", best.parameters);
    if (arguments.low) follow += ", low=" + *arguments.low;
    if (arguments.high) follow += ", high=" + *arguments.high;
    if (arguments.points) follow += ", points=" + in_quotes(*arguments.points);
  }
  std::vector<std::string> lines;
  for (const FittedDistribution& fit : fits) {
    if (lines.size() < kPictured) lines.push_back(fit.call);
  }
  lines.push_back(follow + ")");
  return lines;
}

std::vector<Distribution> pictured(const FitReport& report) {
  std::vector<Distribution> fits;
  for (const FittedDistribution& fit : report.fits.empty() ? report.metalogs : report.fits) {
    if (fits.size() < kPictured) fits.push_back(fit.distribution);
  }
  return fits;
}

void draw(const std::vector<double>& values, const FitReport& report, bool charts, FitPage& page) {
  const std::vector<Distribution> fits = pictured(report);
  FitPicture picture = picture_of(values, fits, report.counts, kPictureColumns);
  if (charts) {
    FitCurves curves = curves_of(picture, fits, kCurvePoints);
    page.curve_at = std::move(curves.at);
    page.curves = std::move(curves.shares);
    QuantilePlot quantiles = quantile_plot(values, fits, kQuantilePoints);
    page.data_quantiles = std::move(quantiles.data);
    page.quantiles = std::move(quantiles.fits);
  }
  page.low = picture.low;
  page.high = picture.high;
  page.shares = std::move(picture.shares);
  page.expected = std::move(picture.expected);
}

FitPage page_of(const FitArguments& arguments, const FitOptions& options, const DataColumn& data,
                const FitReport& report) {
  FitPage page;
  page.file = arguments.file;
  page.column = *arguments.column;
  page.where = arguments.where;
  page.rows = data.rows;
  page.matching = data.matching;
  page.missing = data.missing;
  page.count = report.count;
  page.used = report.used;
  page.distinct = report.distinct;
  page.least = report.least;
  page.lower_quartile = report.lower_quartile;
  page.median = report.median;
  page.upper_quartile = report.upper_quartile;
  page.greatest = report.greatest;
  page.mean = report.mean;
  page.sd = report.sd;
  page.counts = report.counts;
  page.sorted_by = name_of(options.order);
  page.bootstrap = report.fits.empty() ? 0 : options.bootstrap;
  page.seed = options.seed;
  for (const FittedDistribution& fit : report.fits) page.fits.push_back(row_of(fit));
  for (const FittedDistribution& fit : report.metalogs) page.metalogs.push_back(row_of(fit));
  if (!report.metalogs.empty()) page.metalog_points = metalog_points(report, options.metalog_all_points);
  page.not_fitting = report.not_fitting;
  page.without_mean = report.without_mean;
  page.warnings = report.warnings;
  if (!report.fits.empty() || !report.metalogs.empty())
    page.paste = paste_of(arguments, report.fits.empty() ? report.metalogs : report.fits);
  draw(data.values, report, wants_pictures(arguments.pictures), page);
  return page;
}

template <class Page>
int show(const Page& page, const std::string& rendered, const FitArguments& arguments) {
  if (arguments.json && *arguments.json == "-") {
    print(to_json(page));
    return kDone;
  }
  if (!arguments.quiet) print(rendered);
  if (arguments.json) write_file(*arguments.json, to_json(page));
  return kDone;
}

int list_columns(const DataFile& file, const FitArguments& arguments, const Console& console) {
  ColumnsPage page{file.name(), file.rows(), {}};
  for (const DataColumnSummary& column : describe_columns(file))
    page.columns.push_back({column.name, column.numeric, column.missing, column.distinct, column.samples});
  return show(page, render_columns(page, console.out), arguments);
}

int fit_column(const FitArguments& arguments, const Console& console) {
  FitOptions options = options_of(arguments);
  const int threads = arguments.threads ? value_or_throw(parse_threads(*arguments.threads), "--threads") : 0;
  if (arguments.json && *arguments.json != "-") require_writable_place(*arguments.json);
  require_picture_places(arguments.pictures);
  if (wants_pictures(arguments.pictures) && !arguments.column)
    throw UsageError("--charts needs --column, the data to draw");
  const DataFile file = value_or_throw(read_data_file(arguments.file));
  if (!arguments.column) return list_columns(file, arguments, console);

  const auto start = std::chrono::steady_clock::now();
  const DataColumn data = value_or_throw(select_values(
      file, {*arguments.column, arguments.where, arguments.weights.value_or(""), names_in(arguments.change)}));
  options.for_each = [&](std::size_t count, const std::function<void(std::size_t)>& body) {
    for_each_piece(count, threads, [&](std::size_t piece, std::size_t) { body(piece); });
  };
  const auto report = fit(data.values, options);
  if (!report) throw UsageError(fmt::format("'{}' of '{}': {}", *arguments.column, arguments.file, report.error()));
  FitPage page = page_of(arguments, options, data, *report);
  page.threads = thread_count(threads);
  page.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
  show(page, render_fit(page, console.out), arguments);
  write_pictures(arguments.pictures, [&] { return all_charts(fit_charts(), page); });
  return kDone;
}

}  // namespace

Action declare_fit(CLI::App& app) {
  auto a = std::make_shared<FitArguments>();
  app.add_option("DATA", a->file, "A CSV file whose first line names the columns")->required()->type_name("");
  app.add_option("--column", a->column, "The column, or a formula over columns: \"a / b\"; without it, all are listed")
      ->type_name("NAME");
  app.add_option("--where", a->where, "Only rows with NAME=VALUE, != < > <= >=; several joined by commas; repeatable")
      ->type_name("CONDITION")
      ->expected(1)
      ->allow_extra_args(false);
  app.add_option("--weights", a->weights, "A column that says how often each row counts")->type_name("NAME");
  app.add_option("--change", a->change, "Fit value over previous value, within series told apart by these columns")
      ->type_name("NAMES");
  app.add_option("--family", a->family, "Only these distributions, joined by commas, or metalog (all that can be)")
      ->type_name("NAMES");
  app.add_option("--terms", a->terms, "Terms of the metalog, 2 to 16 (3 to 9, each)")->type_name("N");
  app.add_option("--low", a->low, "Lower bound of the metalog (none)")->type_name("X");
  app.add_option("--high", a->high, "Upper bound of the metalog (none)")->type_name("X");
  app.add_option("--points", a->points, "Points of the metalog: reduced, 117 quantiles, or all values (reduced)")
      ->type_name("WHICH");
  app.add_option("--sort", a->sort, "aicc, bic, ad or ks (aicc)")->type_name("KEY");
  app.add_option("--bootstrap", a->bootstrap, "Replicates of the p-values; 0 for none (199)")->type_name("N");
  app.add_option("--seed", a->seed, "Seed of the bootstrap (1)")->type_name("N");
  app.add_option("--threads", a->threads, "Threads (all processors)")->type_name("N");
  app.add_option("--json", a->json, "Write the result as JSON; - prints nothing else")->type_name("FILE");
  declare_charts_option(app, a->pictures);
  app.add_flag("--quiet", a->quiet, "Print nothing but errors");
  app.footer("Exit status: 0 done, 1 the run failed, 2 the data or an option is wrong.");
  return [a](const Console& console) { return fit_column(*a, console); };
}

}  // namespace tcosim
