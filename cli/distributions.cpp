// tcosim distributions [NAME]: the catalogue.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <cmath>
#include <memory>
#include <optional>

#include "cli/command.hpp"
#include "cli/errors.hpp"
#include "distributions/catalogue.hpp"
#include "plots/distribution_markdown.hpp"
#include "plots/distribution_text.hpp"
#include "plots/numbers.hpp"
#include "scenarios/diagnostic.hpp"
#include "scenarios/reader.hpp"
#include "scenarios/scenario.hpp"

namespace tcosim {
namespace {

constexpr std::size_t kPictureColumns = 56;
constexpr std::size_t kMostAtoms = 28;

std::string role_text(Role role) {
  switch (role) {
    case Role::location:
    case Role::scale:
      return "in the value's unit";
    case Role::rate:
      return "per unit of the value";
    case Role::shape:
      return "a plain number";
    case Role::probability:
      return "a probability";
    case Role::count:
      return "a count";
    case Role::distribution:
      return "a distribution";
  }
  return "";
}

FamilyEntry entry_of(const Family& family) {
  return {std::string(family.name), std::string(family.title), std::string(family.purpose),
          family.examples.empty() ? "" : std::string(family.examples.front())};
}

std::vector<ParameterEntry> signature_of(const Signature& signature, bool positional) {
  std::vector<ParameterEntry> entries;
  for (const Parameter& parameter : signature.parameters) {
    std::string preset;
    if (parameter.preset && !parameter.list)
      preset = std::isfinite(*parameter.preset) ? text::significant(*parameter.preset) : "none";
    const std::string name = parameter.repeated ? "d1, d2, ..." : std::string(parameter.name);
    // what repeats is positional, and so stands before anything that is named
    const auto place = parameter.repeated ? entries.begin() : entries.end();
    const bool named = !parameter.repeated && (!positional || signature.parameters.back().repeated);
    entries.insert(place, {name, parameter.list ? "a list" : role_text(parameter.role), std::string(parameter.meaning),
                           preset, name + (named ? "=" : "")});
  }
  if (signature.percentiles.most > 0) {
    const bool one = signature.percentiles.most == 1;
    entries.push_back({one ? "P90" : "P10, P90", role_text(Role::location),
                       one ? "a percentile, any of P1 to P99" : "percentiles, any of P1 to P99", "",
                       one ? "P90=" : "P10=, P90="});
  }
  return entries;
}

// The distribution of an example call: the one variable of a scenario that says just that. A constant makes none.
std::optional<Distribution> distribution_of(const std::string& call) {
  const ReadResult read = read_scenario_text("tcosim: 1\ncosts:\n  x: '" + call + "'\n", "example");
  if (!read.scenario || read.scenario->variables.size() > 1) return std::nullopt;
  if (read.scenario->variables.empty())
    return make("constant", {base_estimate(*read.scenario, BaseRule::declared).total});
  return read.scenario->variables.front().distribution;
}

void scale_to_one(std::vector<double>& heights) {
  const double highest = heights.empty() ? 0 : *std::max_element(heights.begin(), heights.end());
  for (double& height : heights) height = highest > 0 ? height / highest : 0;
}

// The probability of each column over [low, high]: it shows densities and atoms alike, but for an atom at the low end
// of a density, beside which all else would be flat: 95% at 0.
void draw(const Distribution& d, FamilyPage& page) {
  page.low = std::max(quantile(d, 0.005), support(d).low);
  page.high = std::min(quantile_upper(d, 0.005), support(d).high);
  const bool discrete = d.family->kind == Kind::discrete;
  const double atoms = page.high - page.low + 1;
  std::size_t columns = kPictureColumns;
  double step = (page.high - page.low) / static_cast<double>(kPictureColumns);
  if (discrete && atoms <= static_cast<double>(kMostAtoms)) {
    columns = static_cast<std::size_t>(std::lround(atoms));
    step = 1;
  }
  if (!(step > 0)) return;
  if (!discrete) page.left_out = cdf(d, page.low) - cdf(d, std::nextafter(page.low, -HUGE_VAL));
  std::vector<double> heights;
  for (std::size_t i = 0; i < columns; ++i) {
    const double left = page.low + step * static_cast<double>(i);
    const double before = discrete && step == 1 ? left - 1 : left;
    heights.push_back(std::max(0.0, cdf(d, before + step) - cdf(d, before)));
    if (discrete && step == 1) heights.push_back(0);
  }
  scale_to_one(heights);
  page.heights = std::move(heights);
}

FamilyPage page_of(const Family& family) {
  FamilyPage page;
  page.entry = entry_of(family);
  for (std::size_t i = 0; i < family.signatures.size(); ++i)
    page.signatures.push_back(signature_of(family.signatures[i], i == 0));
  page.formula = family.formula;
  page.moments = family.moments;
  page.source = family.source;
  page.advice = family.advice;
  page.examples.assign(family.examples.begin(), family.examples.end());
  const auto example = distribution_of(page.entry.example);
  if (!example) return page;
  page.mean = mean(*example);
  page.variance = variance(*example);
  page.p10 = text::significant(quantile(*example, 0.1));
  page.p50 = text::significant(quantile(*example, 0.5));
  page.p90 = text::significant(quantile(*example, 0.9));
  draw(*example, page);
  return page;
}

int show_markdown() {
  std::vector<FamilyPage> pages;
  for (const Family* family : catalogue()) pages.push_back(page_of(*family));
  print(catalogue_markdown(pages));
  return kDone;
}

int show(const std::optional<std::string>& name, const Console& console) {
  if (!name) {
    std::vector<FamilyEntry> entries;
    for (const Family* family : catalogue()) entries.push_back(entry_of(*family));
    print(render_families(entries, console.out));
    return kDone;
  }
  const Family* family = find_family(*name);
  if (family == nullptr) {
    std::vector<std::string> names;
    for (const Family* known : catalogue()) names.emplace_back(known->name);
    const std::string near = closest(*name, names);
    throw UsageError(
        fmt::format("unknown distribution '{}'; {}", *name,
                    near.empty() ? "tcosim distributions lists them" : fmt::format("did you mean '{}'?", near)));
  }
  print(render_family(page_of(*family), console.out));
  return kDone;
}

}  // namespace

Action declare_distributions(CLI::App& app) {
  auto name = std::make_shared<std::optional<std::string>>();
  auto markdown = std::make_shared<bool>(false);
  auto* named = app.add_option("NAME", *name, "A distribution; without it, all are listed")->type_name("");
  app.add_flag("--markdown", *markdown, "The whole catalogue as a page of documentation")->excludes(named);
  return [name, markdown](const Console& console) { return *markdown ? show_markdown() : show(*name, console); };
}

}  // namespace tcosim
