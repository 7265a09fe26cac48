// From the arguments of a call to a Distribution: which signature its names select, which parameter each fills, and
// what is said when they do not fit.
#include <algorithm>
#include <array>
#include <cctype>
#include <cmath>

#include "distributions/catalogue.hpp"
#include "distributions/catalogue/common.hpp"

namespace tcosim {
namespace {

using families::kHugest;
using families::text;

std::string lower_case(std::string_view word) {
  std::string lower(word);
  for (char& c : lower) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  return lower;
}

/// As written in the catalogue, or that in lower case: P10, p10.
bool names_parameter(std::string_view word, const Parameter& parameter) {
  return word == parameter.name || word == lower_case(parameter.name);
}

std::optional<std::size_t> find_parameter(const Signature& signature, std::string_view word) {
  for (std::size_t i = 0; i < signature.parameters.size(); ++i) {
    if (!signature.parameters[i].repeated && names_parameter(word, signature.parameters[i])) return i;
  }
  return std::nullopt;
}

constexpr Parameter kPercentile{"P", Role::location, "a percentile"};

/// The probability that a name such as P10, p90 or P99_5 (for 99.5%) stands for; the digits after the '_' are decimals.
std::optional<double> percentile_probability(std::string_view word) {
  if (word.size() < 2 || word.size() > 8 || (word[0] != 'P' && word[0] != 'p')) return std::nullopt;
  std::string digits(word.substr(1));
  const std::size_t point = digits.find('_');
  if (point == 0 || point == digits.size() - 1) return std::nullopt;
  std::string denominator = "100";
  if (point != std::string::npos) {
    denominator.append(digits.size() - point - 1, '0');
    digits.erase(point, 1);
  }
  if (!std::all_of(digits.begin(), digits.end(), [](unsigned char c) { return std::isdigit(c) != 0; }))
    return std::nullopt;
  const double probability = std::stod(digits) / std::stod(denominator);
  return probability > 0 && probability < 1 ? std::optional(probability) : std::nullopt;
}

bool takes_percentiles(const Signature& signature) {
  return signature.percentiles.most > 0;
}

bool repeats(const Signature& signature) {
  return !signature.parameters.empty() && signature.parameters.back().repeated;
}

/// Insertions, deletions, replacements and swaps of neighbours that turn one word into the other.
std::size_t edit_distance(std::string_view a, std::string_view b) {
  std::vector<std::vector<std::size_t>> distance(a.size() + 1, std::vector<std::size_t>(b.size() + 1));
  for (std::size_t i = 0; i <= a.size(); ++i) {
    for (std::size_t j = 0; j <= b.size(); ++j) {
      if (i == 0 || j == 0) {
        distance[i][j] = i + j;
        continue;
      }
      const std::size_t replaced = distance[i - 1][j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
      distance[i][j] = std::min({replaced, distance[i - 1][j] + 1, distance[i][j - 1] + 1});
      const bool swapped = i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1];
      if (swapped) distance[i][j] = std::min(distance[i][j], distance[i - 2][j - 2] + 1);
    }
  }
  return distance[a.size()][b.size()];
}

std::string close_parameter(const Family& family, std::string_view word) {
  static constexpr std::array<std::array<std::string_view, 2>, 16> kSynonyms{{{"min", "low"},
                                                                              {"minimum", "low"},
                                                                              {"max", "high"},
                                                                              {"maximum", "high"},
                                                                              {"lower", "low"},
                                                                              {"upper", "high"},
                                                                              {"likely", "mode"},
                                                                              {"std", "sd"},
                                                                              {"stdev", "sd"},
                                                                              {"sigma", "sd"},
                                                                              {"mu", "mean"},
                                                                              {"lambda", "mean"},
                                                                              {"n", "trials"},
                                                                              {"p", "probability"},
                                                                              {"probabilities", "weights"},
                                                                              {"k", "shape"}}};
  const std::string given = lower_case(word);
  std::string best;
  std::size_t least = std::max<std::size_t>(1, given.size() / 3) + 1;
  for (const Signature& signature : family.signatures) {
    for (const Parameter& parameter : signature.parameters) {
      const std::size_t distance = edit_distance(given, lower_case(parameter.name));
      if (distance < least && (given.size() > 1 || distance == 0)) {
        least = distance;
        best = parameter.name;
      }
    }
  }
  if (!best.empty()) return best;
  for (const auto& [synonym, meant] : kSynonyms) {
    if (given != synonym) continue;
    for (const Signature& signature : family.signatures) {
      if (find_parameter(signature, meant)) return std::string(meant);
    }
  }
  return {};
}

/// "a, b and c".
std::string listed(const std::vector<std::string>& words, std::string_view conjunction) {
  std::string list;
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (i > 0) list += i + 1 == words.size() ? " " + std::string(conjunction) + " " : ", ";
    list += words[i];
  }
  return list;
}

std::string commas(const std::vector<std::string>& words) {
  std::string list;
  for (const std::string& word : words) list += (list.empty() ? "" : ", ") + word;
  return list;
}

/// "low, mode, high (and lambda)".
std::string described(const Signature& signature) {
  std::vector<std::string> required;
  std::vector<std::string> optional;
  for (const Parameter& parameter : signature.parameters) {
    const std::string name(parameter.name);
    (parameter.preset ? optional : required).push_back(parameter.repeated ? name + "1, " + name + "2, ..." : name);
  }
  std::string list = commas(required);
  if (takes_percentiles(signature)) {
    const std::string_view what =
        signature.percentiles.most == 1 ? "a percentile such as P90" : "percentiles such as P10, P90";
    list += (list.empty() ? "" : " with ") + std::string(what);
  }
  if (!optional.empty()) list += " (and " + commas(optional) + ")";
  return list;
}

/// "mean, sd, or mu, sigma, or percentiles such as P10, P90".
std::string described(const Family& family) {
  std::string list;
  for (const Signature& signature : family.signatures) list += (list.empty() ? "" : ", or ") + described(signature);
  return list;
}

std::string takes(const Family& family, const std::string& what) {
  return std::string(family.name) + " takes " + what;
}

Unexpected<BindError> fail(std::optional<std::size_t> argument, std::string message, std::string suggestion = {}) {
  return {BindError{argument, std::move(message), std::move(suggestion)}};
}

bool has_name(const Signature& signature, std::string_view word) {
  return find_parameter(signature, word) || (takes_percentiles(signature) && percentile_probability(word));
}

std::optional<BindError> check_order_and_names(const Family& family, std::span<const std::string> names) {
  bool named = false;
  for (std::size_t i = 0; i < names.size(); ++i) {
    if (names[i].empty()) {
      if (named) return BindError{i, "an argument without a name stands after a named one", {}};
      continue;
    }
    named = true;
    const bool known = std::any_of(family.signatures.begin(), family.signatures.end(),
                                   [&](const Signature& s) { return has_name(s, names[i]); });
    if (!known) {
      return BindError{i, std::string(family.name) + " has no '" + names[i] + "'; it takes " + described(family),
                       close_parameter(family, names[i])};
    }
    for (std::size_t j = 0; j < i; ++j) {
      if (lower_case(names[j]) == lower_case(names[i])) return BindError{i, "'" + names[i] + "' is given twice", {}};
    }
  }
  return std::nullopt;
}

/// The probabilities of the percentiles among the names, ascending, each once.
std::vector<double> percentiles_of(const Signature& signature, std::span<const std::string> names) {
  std::vector<double> probabilities;
  for (const std::string& name : names) {
    if (find_parameter(signature, name)) continue;
    if (const auto p = percentile_probability(name)) probabilities.push_back(*p);
  }
  std::sort(probabilities.begin(), probabilities.end());
  probabilities.erase(std::unique(probabilities.begin(), probabilities.end()), probabilities.end());
  return probabilities;
}

/// The parameter of each argument, if the signature has all the names.
std::optional<Match> assign(const Signature& signature, std::span<const std::string> names) {
  Match match{&signature, {}, percentiles_of(signature, names)};
  for (std::size_t i = 0; i < names.size(); ++i) {
    if (names[i].empty() && repeats(signature)) {
      match.parameter_of_argument.push_back(signature.parameters.size() - 1 + i);
    } else if (names[i].empty()) {
      if (i >= signature.parameters.size()) return std::nullopt;
      match.parameter_of_argument.push_back(i);
    } else if (const auto parameter = find_parameter(signature, names[i])) {
      match.parameter_of_argument.push_back(*parameter);
    } else if (const auto p = percentile_probability(names[i]); p && takes_percentiles(signature)) {
      const auto place = std::lower_bound(match.probabilities.begin(), match.probabilities.end(), *p);
      match.parameter_of_argument.push_back(signature.parameters.size() +
                                            static_cast<std::size_t>(place - match.probabilities.begin()));
    } else {
      return std::nullopt;
    }
  }
  return match;
}

std::optional<std::size_t> argument_of(const Match& match, std::size_t parameter) {
  const auto& given = match.parameter_of_argument;
  const auto found = std::find(given.begin(), given.end(), parameter);
  if (found == given.end()) return std::nullopt;
  return static_cast<std::size_t>(found - given.begin());
}

std::size_t missing_percentiles(const Match& match) {
  const std::size_t least = match.signature->percentiles.least;
  return least - std::min(least, match.probabilities.size());
}

std::vector<std::string> missing_parameters(const Match& match) {
  std::vector<std::string> missing;
  for (std::size_t i = 0; i < match.signature->parameters.size(); ++i) {
    const Parameter& parameter = match.signature->parameters[i];
    if (!parameter.preset && !argument_of(match, i)) missing.push_back("'" + std::string(parameter.name) + "'");
  }
  if (const std::size_t few = missing_percentiles(match); few > 0)
    missing.push_back(few == 1 ? "a percentile" : std::to_string(few) + " percentiles");
  return missing;
}

/// An argument given by position and again by name.
std::optional<std::size_t> repeated_argument(const Match& match) {
  const auto& given = match.parameter_of_argument;
  for (std::size_t i = 0; i < given.size(); ++i) {
    if (argument_of(match, given[i]) != i) return i;
  }
  return std::nullopt;
}

/// Percentiles in ascending order of their probabilities must not fall; the index is the offending argument.
std::optional<BindError> check_percentiles(const Family& family, const Match& match,
                                           std::span<const NamedArgument> arguments) {
  const std::size_t first = match.signature->parameters.size();
  const std::size_t most = match.signature->percentiles.most;
  if (match.probabilities.size() > most) {
    const std::string what = most == 1 ? "one percentile" : std::to_string(most) + " percentiles";
    return BindError{std::nullopt, takes(family, what) + ", not " + std::to_string(match.probabilities.size()), {}};
  }
  for (std::size_t k = 0; k + 1 < match.probabilities.size(); ++k) {
    const std::size_t low = *argument_of(match, first + k), high = *argument_of(match, first + k + 1);
    const auto *a = std::get_if<double>(&arguments[low].value), *b = std::get_if<double>(&arguments[high].value);
    if (a == nullptr || b == nullptr || *a <= *b) continue;
    return BindError{
        low,
        "the " + arguments[low].name + ", " + text(*a) + ", is above the " + arguments[high].name + ", " + text(*b),
        {}};
  }
  return std::nullopt;
}

/// Why a number cannot be computed with, or "". Beyond 1e150 either way its square overflows or vanishes.
std::string unusable(double x) {
  if (!std::isfinite(x)) return "is not a finite number";
  if (std::abs(x) > kHugest) return "is too large to compute with";
  return x != 0 && std::abs(x) < 1 / kHugest ? "is too close to 0 to compute with" : "";
}

std::string quoted(const std::string& name, double x, const std::string& reason) {
  return name + (std::isfinite(x) ? ", " + text(x) + ", " : " ") + reason;
}

/// The value as the parameter wants it: one number may stand for a list of one.
Expected<Argument, std::string> converted(const Family& family, const Parameter& parameter, const std::string& written,
                                          const Argument& value) {
  const std::string name = "'" + (&parameter == &kPercentile ? written : std::string(parameter.name)) + "'";
  if (const auto* x = std::get_if<double>(&value)) {
    if (const std::string reason = unusable(*x); !reason.empty()) {
      return Unexpected<std::string>{quoted(name, *x, reason)};
    }
    if (parameter.list) return Argument{std::vector<double>{*x}};
    return value;
  }
  if (const auto* list = std::get_if<std::vector<double>>(&value)) {
    if (!parameter.list) {
      return Unexpected<std::string>{
          name + (parameter.takes_distribution() ? " is a distribution, not a list" : " is a number, not a list")};
    }
    if (list->empty()) return Unexpected<std::string>{name + " is an empty list"};
    for (const double x : *list) {
      if (const std::string reason = unusable(x); !reason.empty()) {
        return Unexpected<std::string>{name + " holds a value that " + reason};
      }
    }
    return value;
  }
  if (!parameter.takes_distribution()) {
    return Unexpected<std::string>{name + (parameter.list ? " is a list of numbers" : " is a number") +
                                   ", not a distribution: the parameters of " + std::string(family.name) +
                                   " must be certain"};
  }
  return value;
}

}  // namespace

const Parameter& Match::parameter(std::size_t argument) const {
  const std::size_t place = parameter_of_argument[argument];
  if (place < signature->parameters.size()) return signature->parameters[place];
  return repeats(*signature) ? signature->parameters.back() : kPercentile;
}

Expected<Match, BindError> match_signature(const Family& family, std::span<const std::string> argument_names) {
  if (auto error = check_order_and_names(family, argument_names)) return Unexpected<BindError>{std::move(*error)};

  const bool any_named =
      std::any_of(argument_names.begin(), argument_names.end(), [](const std::string& name) { return !name.empty(); });
  std::optional<Match> best;
  for (const Signature& signature : family.signatures) {
    auto match = assign(signature, argument_names);
    if (match && (!best || (!missing_parameters(*best).empty() && missing_parameters(*match).empty()))) {
      best = std::move(match);
    }
    if (!any_named) break;
  }

  if (!best) {
    if (any_named) return fail(std::nullopt, takes(family, described(family)) + "; these do not go together");
    const Signature& first = family.signatures.front();
    return fail(first.parameters.size(),
                takes(family, described(first)) + ", not " + std::to_string(argument_names.size()) + " arguments");
  }
  if (const auto repeated = repeated_argument(*best)) {
    const std::string name =
        argument_names[*repeated].empty() ? std::string(best->parameter(*repeated).name) : argument_names[*repeated];
    return fail(repeated, "'" + name + "' is given twice");
  }
  const auto missing = missing_parameters(*best);
  if (!missing.empty()) {
    const bool one = missing.size() == 1 && missing_percentiles(*best) < 2;
    return fail(std::nullopt, takes(family, any_named ? described(*best->signature) : described(family)) + ": " +
                                  listed(missing, "and") + (one ? " is missing" : " are missing"));
  }
  return *std::move(best);
}

Expected<Distribution, BindError> bind(const Family& family, std::span<const NamedArgument> arguments) {
  std::vector<std::string> names;
  for (const NamedArgument& argument : arguments) names.push_back(argument.name);
  const auto match = match_signature(family, names);
  if (!match) return Unexpected<BindError>{match.error()};

  std::vector<Argument> values;
  for (const Parameter& parameter : match->signature->parameters) values.emplace_back(parameter.preset.value_or(0));
  if (repeats(*match->signature)) {
    const auto& places = match->parameter_of_argument;
    values.resize(*std::max_element(places.begin(), places.end()) + 1, 0.0);
  }
  const std::size_t plain = values.size();
  std::vector<double> percentiles(match->probabilities.size());
  for (std::size_t i = 0; i < arguments.size(); ++i) {
    const std::size_t parameter = match->parameter_of_argument[i];
    auto value = converted(family, match->parameter(i), arguments[i].name, arguments[i].value);
    if (!value) return fail(i, value.error());
    if (parameter < plain) {
      values[parameter] = std::move(value).value();
    } else {
      percentiles[parameter - plain] = std::get<double>(*value);
    }
  }
  if (takes_percentiles(*match->signature)) {
    if (auto error = check_percentiles(family, *match, arguments)) return Unexpected<BindError>{std::move(*error)};
    values.emplace_back(match->probabilities);
    values.emplace_back(std::move(percentiles));
  }

  auto bound = match->signature->bind(values);
  if (!bound) return fail(argument_of(*match, bound.error().parameter), bound.error().message);
  return std::move(bound).value();
}

}  // namespace tcosim
