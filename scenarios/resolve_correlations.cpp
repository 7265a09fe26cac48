#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <memory>
#include <optional>
#include <utility>

#include "distributions/sampler.hpp"
#include "scenarios/correlation_resolver.hpp"
#include "scenarios/declared_names.hpp"
#include "scenarios/section.hpp"

namespace tcosim {

std::string copula_name(CopulaKind kind, double freedom) {
  switch (kind) {
    case CopulaKind::gaussian:
      return "Gaussian";
    case CopulaKind::student_t:
      return fmt::format("t({:g})", freedom);
    case CopulaKind::clayton:
      return "Clayton";
    case CopulaKind::gumbel:
      return "Gumbel";
    case CopulaKind::frank:
      return "Frank";
  }
  return "";
}

bool joins_pairs_only(CopulaKind kind) {
  return kind != CopulaKind::gaussian && kind != CopulaKind::student_t;
}

namespace {

/// Its table is built when it is first asked for: ranks without ties never do.
ValueOfUniform quantiles_of(const Distribution& distribution) {
  auto table = std::make_shared<std::optional<Sampler>>();
  return [distribution, table](std::span<const double> u, std::span<double> x) {
    if (!*table) *table = make_samplers({&distribution, 1})[0];
    (*table)->quantiles(u, x);
  };
}

}  // namespace

void Resolver::resolve_correlations() {
  CorrelationResolver(*this).resolve();
}

void CorrelationResolver::resolve() {
  for (const CorrelationDeclaration& entry : resolver_.declarations_.correlations) read(entry);
  if (failed_) return;
  find_groups();
  for (const Group& group : groups_) {
    if (!check_size(group) || !check_copulas(group)) continue;
    if (joins_pairs_only(entries_[group.entries[0]].kind)) {
      join_pair(group);
    } else {
      join_matrix(group);
    }
  }
  for (const Pair& pair : pairs_) {
    const Correlated &a = correlated(pair.first), &b = correlated(pair.second);
    out_.requested_correlations.push_back({a.name, b.name, a.variable, b.variable, pair.value,
                                           entries_[pair.entry].pearson, a.falls != b.falls,
                                           to_span(pair.written->place)});
  }
}

void CorrelationResolver::refuse(const Scalar& written, std::string message, std::string suggestion) {
  failed_ = true;
  report_.error(written.place, std::move(message), std::move(suggestion));
}

void CorrelationResolver::read(const CorrelationDeclaration& declaration) {
  if (declaration.broken) failed_ = true;
  Entry entry{&declaration, CopulaKind::gaussian, 0, declaration.kind.text == "pearson", {}};
  bool good = read_copula(declaration, entry) && !declaration.broken;

  // Its inputs, each once; those that --set has made certain drop out
  std::set<std::string> names;
  std::vector<std::optional<std::size_t>> subjects;
  for (const Scalar& written : declaration.inputs) {
    if (!names.insert(written.text).second) {
      refuse(written, fmt::format("'{}' is named twice", written.text));
      return;
    }
    subjects.push_back(subject(written));
    good = good && (subjects.back() || dropped_.count(written.text) > 0);
  }

  // Its numbers
  std::vector<std::vector<double>> values;
  for (std::size_t i = 0; i < declaration.values.size(); ++i) {
    std::vector<double>& row = values.emplace_back();
    for (std::size_t j = 0; j < declaration.values[i].size(); ++j) {
      const auto value = read_value(declaration.values[i][j], declaration.is_matrix && i == j);
      good = good && value;
      row.push_back(value.value_or(0));
    }
  }
  good = good && (!declaration.is_matrix || read_matrix_shape(values, declaration));
  if (!good) {
    failed_ = true;
    return;
  }

  // Its pairs
  for (const auto& s : subjects)
    if (s) entry.subjects.push_back(*s);
  entries_.push_back(entry);
  for (std::size_t i = 0; i < subjects.size(); ++i) {
    for (std::size_t j = i + 1; j < subjects.size(); ++j) {
      if (!subjects[i] || !subjects[j]) continue;
      const std::size_t row = declaration.is_matrix ? i : 0, column = declaration.is_matrix ? j : 0;
      add_pair(*subjects[i], *subjects[j], values[row][column], declaration.values[row][column].scalar);
    }
  }
}

bool CorrelationResolver::read_copula(const CorrelationDeclaration& declaration, Entry& entry) {
  if (!declaration.copula) return true;
  const Scalar& written = *declaration.copula;
  const std::string& text = written.text;
  static const std::vector<std::pair<std::string, CopulaKind>> kKinds{{"gaussian", CopulaKind::gaussian},
                                                                      {"clayton", CopulaKind::clayton},
                                                                      {"gumbel", CopulaKind::gumbel},
                                                                      {"frank", CopulaKind::frank}};
  for (const auto& [word, kind] : kKinds)
    if (text == word) entry.kind = kind;
  if (joins_pairs_only(entry.kind) && declaration.inputs.size() > 2) {
    refuse(written,
           fmt::format("a {} copula joins two inputs, and here are {}", copula_name(entry.kind, 0),
                       declaration.inputs.size()),
           "for more take 'gaussian', or 't(4)' where extremes come together");
    return false;
  }
  if (entry.kind != CopulaKind::gaussian || text == "gaussian") return true;
  if (text == "t" || (text.size() > 3 && text.starts_with("t(") && text.ends_with(")"))) {
    const char* end = text.data() + text.size() - 1;
    const auto [stopped, error] = text == "t" ? std::from_chars_result{end, std::errc::invalid_argument}
                                              : std::from_chars(text.data() + 2, end, entry.freedom);
    entry.kind = CopulaKind::student_t;
    if (error == std::errc() && stopped == end && entry.freedom >= kLeastFreedom && entry.freedom <= kMostFreedom)
      return true;
    refuse(written,
           fmt::format("a t copula has degrees of freedom from {:g} to {:g}, and '{}' says {}", kLeastFreedom,
                       kMostFreedom, text, text == "t" ? "none" : "others"),
           "write 't(4)': the fewer, the more do extremes come together");
    return false;
  }
  std::vector<std::string> words{"t(4)"};
  for (const auto& [word, kind] : kKinds) words.push_back(word);
  std::string suggestion = did_you_mean(text, words);
  if (suggestion.empty()) suggestion = "there are gaussian, t(4), clayton, gumbel and frank";
  refuse(written, fmt::format("unknown copula '{}'", text), std::move(suggestion));
  return false;
}

std::optional<double> CorrelationResolver::read_value(const Expression& expression, bool diagonal) {
  if (!expression.ok) return std::nullopt;
  Scope scope;
  scope.expression = &expression;
  scope.what = "a correlation";
  const Syntax& root = expression.parsed.root;
  std::optional<Value> value = resolver_.certain_value(scope, root);
  if (value) value = resolver_.plain(scope, root, std::move(*value), "a correlation");
  if (!value) return std::nullopt;
  const double number = *value->certain;
  if (diagonal && number != 1) {
    report_.error(expression.scalar.place,
                  fmt::format("the correlation of an input with itself is 1, not '{}'", expression.scalar.text));
    return std::nullopt;
  }
  if (number >= -1 && number <= 1) return number;
  report_.error(expression.scalar.place,
                fmt::format("a correlation lies between -1 and 1, and '{}' does not", expression.scalar.text),
                number >= 10 && number <= 100 ? fmt::format("did you mean '{:g}%'?", number) : "");
  return std::nullopt;
}

bool CorrelationResolver::read_matrix_shape(const std::vector<std::vector<double>>& values,
                                            const CorrelationDeclaration& declaration) {
  bool good = true;
  for (std::size_t i = 0; i < values.size(); ++i) {
    for (std::size_t j = 0; j < i; ++j) {
      if (values[i][j] == values[j][i]) continue;
      good = false;
      report_.error(
          declaration.values[i][j].scalar.place,
          fmt::format("the matrix is not symmetric: '{}' with '{}' is {:g} here and {:g} in row {}",
                      declaration.inputs[i].text, declaration.inputs[j].text, values[i][j], values[j][i], j + 1));
    }
  }
  return good;
}

void CorrelationResolver::add_pair(std::size_t i, std::size_t j, double value, const Scalar& written) {
  const auto [known, is_new] = pair_of_.try_emplace({std::min(i, j), std::max(i, j)}, pairs_.size());
  if (is_new) {
    pairs_.push_back({i, j, entries_.size() - 1, value, &written});
    return;
  }
  failed_ = true;
  const Pair& before = pairs_[known->second];
  report_.error(written.place, fmt::format("the correlation of '{}' and '{}' is given twice: {} in line {} already",
                                           correlated(i).name, correlated(j).name, before.written->text,
                                           to_span(before.written->place).line));
}

std::optional<std::size_t> CorrelationResolver::subject(const Scalar& written) {
  if (const auto known = known_.find(written.text); known != known_.end()) return known->second;
  const auto found = resolver_.names_.find(written.text);
  const bool known = found != resolver_.names_.end();
  const std::size_t index = known ? found->second.index : 0;
  using NameKind = Resolver::Name::Kind;
  std::optional<Correlated> made;
  if (known && found->second.kind == NameKind::input) {
    made = of_input(written, index);
  } else if (known && found->second.kind == NameKind::line &&
             resolver_.declarations_.lines[index].kind == LineKind::risk) {
    made = of_risk(written, index);
  } else if (const std::string what = described(written.text, resolver_.declarations_); !what.empty()) {
    refuse(written, fmt::format("'{}' is {}: only inputs and risks can be correlated", written.text, what),
           inputs_instead_of(what));
  } else {
    refuse(written, fmt::format("unknown input '{}'", written.text), suggestion_for(written.text));
  }
  if (!made) return std::nullopt;
  known_[written.text] = subjects_.size();
  subjects_.push_back(std::move(*made));
  return subjects_.size() - 1;
}

/// For the first unknown names only: each is compared with all that there are.
std::string CorrelationResolver::suggestion_for(const std::string& name) {
  constexpr std::size_t kMostSuggestions = 20;
  if (suggestions_++ >= kMostSuggestions) return "";
  if (candidates_.empty()) {
    for (const InputDeclaration& input : resolver_.declarations_.inputs) candidates_.push_back(input.name.text);
    for (const LineDeclaration& line : resolver_.declarations_.lines)
      if (line.kind == LineKind::risk) candidates_.push_back(line.title);
  }
  return did_you_mean(name, candidates_);
}

std::optional<Correlated> CorrelationResolver::of_input(const Scalar& written, std::size_t index) {
  const Resolver::ResolvedInput& resolved = resolver_.inputs_[index];
  failed_ = failed_ || resolved.state != Resolver::State::done;
  if (resolved.state != Resolver::State::done) return std::nullopt;
  const Input& input = out_.inputs[resolved.index];
  if (resolved.own_certain) {
    const InputDeclaration& declaration = resolver_.declarations_.inputs[index];
    if (!resolver_.is_replaced(declaration)) {
      refuse(written, fmt::format("'{}' is certain: only what varies can be correlated", written.text));
    } else if (!dropped_.insert(written.text).second) {
      return std::nullopt;
    } else if (declaration.set_by != nullptr) {
      report_.note(declaration.set_by->value.scalar.place,
                   fmt::format("'{}' is certain with this lever, and its correlations are left out", written.text));
    } else {
      report_.warning(written.place,
                      fmt::format("'{}' is certain now, and its correlations are left out", written.text));
    }
    return std::nullopt;
  }
  if (resolved.own_calls == 0) {
    refuse(written, fmt::format("'{}' has no distribution of its own, it is made of other inputs", written.text),
           "correlate those");
    return std::nullopt;
  }
  if (resolved.own_calls > 1) {
    refuse(written,
           fmt::format("'{}' draws from {} distributions, and which one is meant is not clear", written.text,
                       resolved.own_calls),
           "make each an input of its own");
    return std::nullopt;
  }
  if (!check_free(written, input.variables[0])) return std::nullopt;
  if (const InputChange* scale = resolved.uncertain_scale) {
    report_.note(scale->value.scalar.place,
                 fmt::format("'{0}' is correlated, and this varies by itself: with the lever the correlations of '{0}' "
                             "come out weaker",
                             written.text));
  }
  return moved_by(written, input, resolved.own ? *resolved.own : input.formula);
}

std::optional<Correlated> CorrelationResolver::of_risk(const Scalar& written, std::size_t index) {
  if (resolver_.lines_[index].state != Resolver::State::done) {
    failed_ = true;
    return std::nullopt;
  }
  const std::optional<std::uint32_t> variable = out_.lines[index].risk_variable;
  if (!resolver_.declarations_.lines[index].removed_by.empty()) {
    dropped_.insert(written.text);
    return std::nullopt;
  }
  if (!variable) {
    refuse(written, fmt::format("'{}' is certain: only what varies can be correlated", written.text));
    return std::nullopt;
  }
  if (!check_free(written, *variable)) return std::nullopt;
  const Distribution& drawn = out_.variables[*variable].distribution;
  const std::size_t shape = resolver_.cache_.correlations.intern(drawn, {}).first;
  return Correlated{written.text, *variable, false, drawn.family->kind != Kind::continuous, shape, quantiles_of(drawn)};
}

/// The formula as one of its own variable alone, number 0: other inputs at their medians.
Formula CorrelationResolver::of_one_variable(Formula formula) const {
  std::vector<double> variables, inputs(out_.inputs.size());
  if (std::ranges::any_of(formula.nodes, [](const Node& node) { return node.op == Op::input; })) {
    for (const Variable& variable : out_.variables) variables.push_back(median(variable.distribution));
    for (std::size_t i = 0; i < inputs.size(); ++i)
      inputs[i] = evaluate(out_.inputs[i].formula, {variables, inputs, {}, 0});
  }
  for (Node& node : formula.nodes) {
    if (node.op == Op::input) node = {Op::constant, inputs[node.operands[0]], {}};
    if (node.op == Op::variable) node.operands[0] = 0;
  }
  return formula;
}

/// Of an input that draws once: as a function of that variable. `own` is its formula before levers scale it, since that
/// does not change the correlation that was asked for.
std::optional<Correlated> CorrelationResolver::moved_by(const Scalar& written, const Input& input, const Formula& own) {
  const std::uint32_t variable = input.variables[0];
  const Distribution& drawn = out_.variables[variable].distribution;
  CorrelationCache& cache = resolver_.cache_.correlations;
  Correlated result{written.text, variable, false, drawn.family->kind != Kind::continuous, 0, quantiles_of(drawn)};
  if (const auto form = affine_form(own, resolver_.forms_); form && form->variable == variable && form->factor != 0) {
    result.falls = form->factor < 0;
    result.shape = cache.intern(drawn, {}).first;
    return result;
  }

  // Its formula for one value of the variable
  for (const Node& node : own.nodes) {
    if (node.op != Op::input) continue;
    const Input& other = out_.inputs[node.operands[0]];
    if (resolver_.inputs_[resolver_.names_.at(other.name).index].certain) continue;
    report_.warning(written.place,
                    fmt::format("'{}' varies with '{}' too: the correlation is that of its own distribution",
                                written.text, other.name),
                    "'tcosim check' shows what comes out");
  }
  const auto at = [quantiles = result.value, formula = of_one_variable(own)](std::span<const double> u,
                                                                             std::span<double> x, double sign) {
    quantiles(u, x);
    for (double& value : x) value = sign * evaluate(formula, {{&value, 1}, {}, {}, 0});
  };

  // Rising or falling all the way
  const auto [shape, is_new] = cache.intern(drawn, of_one_variable(own));
  if (is_new) {
    constexpr std::size_t kPlaces = 2000;
    std::vector<double> u(kPlaces), x(kPlaces);
    for (std::size_t i = 0; i < kPlaces; ++i) u[i] = (static_cast<double>(i) + 0.5) / kPlaces;
    at(u, x, 1);
    const bool rises = std::is_sorted(x.begin(), x.end());
    if (rises || std::is_sorted(x.rbegin(), x.rend())) cache.shapes[shape].falls = !rises;
  }
  if (!cache.shapes[shape].falls) {
    refuse(written, fmt::format("'{}' neither rises nor falls with its distribution all the way", written.text),
           "give the distribution an input of its own and correlate that");
    return std::nullopt;
  }
  result.shape = shape;
  result.falls = *cache.shapes[shape].falls;
  result.tied = true;  // perhaps: min() and round() make ties
  result.value = [at, sign = result.falls ? -1.0 : 1.0](std::span<const double> p, std::span<double> out) {
    at(p, out, sign);
  };
  return result;
}

/// Not in a group that an imported library brought.
bool CorrelationResolver::check_free(const Scalar& written, std::uint32_t variable) {
  for (const CorrelationGroup& group : out_.correlation_groups) {
    if (std::ranges::find(group.variables, variable) == group.variables.end()) continue;
    refuse(written, fmt::format("'{}' comes from its library with correlations of its own, and others cannot be added",
                                written.text));
    return false;
  }
  return true;
}

}  // namespace tcosim
