// Variables of SIPmath libraries: their values, and the groups of those that share uniforms.
#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "distributions/catalogue.hpp"
#include "scenarios/resolver.hpp"

namespace tcosim {
namespace {

/// An input of the scenario that is a variable of a library.
struct Member {
  const SipVariable* sip = nullptr;
  std::uint32_t variable = 0;  ///< in Scenario::variables
};

struct UsedLibrary {
  const SipLibrary* library = nullptr;
  std::string file;
  std::vector<Member> members;
};

/// One row of a group: a variable, or none where only its uniform is needed, and its weights on the uniforms.
struct Row {
  std::optional<std::uint32_t> variable;
  HdrKey key;
  std::vector<double> weights;
};

std::vector<double> only(std::size_t index) {
  std::vector<double> weights(index + 1, 0.0);
  weights[index] = 1;
  return weights;
}

// The layers of a copula up to the last that is used; then whatever shares one of their uniforms.
std::vector<Row> rows_of_copula(const SipCopula& copula, std::size_t index, const std::vector<Member>& members) {
  const std::size_t size = copula.keys.size();
  const auto in_copula = [&](const Member& member) { return member.sip->copula == index; };
  std::size_t last = 0;
  for (const Member& member : members)
    if (in_copula(member)) last = std::max(last, member.sip->layer);
  std::vector<Row> rows;
  for (std::size_t i = 0; i <= last; ++i) {
    const auto first = copula.factor.begin() + static_cast<std::ptrdiff_t>(i * size);
    rows.push_back({std::nullopt, copula.keys[i], {first, first + static_cast<std::ptrdiff_t>(i + 1)}});
  }
  for (const Member& member : members) {
    if (in_copula(member)) {
      Row& row = rows[member.sip->layer];
      if (row.variable) {
        rows.push_back({member.variable, row.key, row.weights});
      } else {
        row.variable = member.variable;
      }
    } else if (!member.sip->copula) {
      const auto same =
          std::find(copula.keys.begin(), copula.keys.begin() + static_cast<std::ptrdiff_t>(last + 1), member.sip->key);
      const auto base = static_cast<std::size_t>(same - copula.keys.begin());
      if (base <= last) rows.push_back({member.variable, member.sip->key, only(base)});
    }
  }
  return rows;
}

// Variables that are drawn from one and the same uniform.
std::vector<Row> rows_of_key(const HdrKey& key, const std::vector<Member>& members) {
  std::vector<Row> rows;
  for (const Member& member : members)
    if (!member.sip->copula && member.sip->key == key) rows.push_back({member.variable, key, only(0)});
  return rows;
}

// Each variable is in at most one; those that share nothing are in none.
std::vector<std::vector<Row>> groups_of(const UsedLibrary& used) {
  std::vector<std::vector<Row>> groups;
  std::vector<HdrKey> keys;  // settled
  const auto add = [&](std::vector<Row> rows) {
    for (const Row& row : rows) keys.push_back(row.key);
    if (rows.size() > 1) groups.push_back(std::move(rows));
  };
  for (std::size_t c = 0; c < used.library->copulas.size(); ++c) {
    if (std::any_of(used.members.begin(), used.members.end(),
                    [&](const Member& member) { return member.sip->copula == c; }))
      add(rows_of_copula(used.library->copulas[c], c, used.members));
  }
  for (const Member& member : used.members) {
    if (!member.sip->copula && std::find(keys.begin(), keys.end(), member.sip->key) == keys.end())
      add(rows_of_key(member.sip->key, used.members));
  }
  return groups;
}

}  // namespace

std::optional<Value> Resolver::resolve_library_variable(const LibraryVariable& variable, Scope& scope) {
  const SipVariable& sip = variable.library->variables[variable.index];
  Unit unit;
  if (variable.unit) {
    const Expected<Unit, UnitError> parsed = units_.parse(variable.unit->text);
    if (!parsed) {
      const UnitError& error = parsed.error();
      report_.error(locate(*variable.unit, {error.offset, error.length}), error.message,
                    error.suggestion.empty() ? "" : fmt::format("did you mean '{}'?", error.suggestion));
      return std::nullopt;
    }
    unit = *parsed;
  }
  std::optional<Value> value = draw(scope, scope.expression->parsed.root, {sip.distribution, unit});
  if (!value || scope.variables.empty()) return value;
  out_.variables.back().hdr = sip.key;
  if (sip.rounded) value->node = scope.builder.apply(Op::round, {value->node});
  return value;
}

void Resolver::join_library_variables() {
  std::vector<UsedLibrary> libraries;
  for (std::size_t i = 0; i < inputs_.size(); ++i) {
    const InputDeclaration& declaration = declarations_.inputs[i];
    if (!declaration.library || inputs_[i].state != State::done || is_replaced(declaration)) continue;
    const Input& input = out_.inputs[inputs_[i].index];
    if (input.variables.empty()) continue;
    const LibraryVariable& variable = *declaration.library;
    const SipLibrary* library = variable.library.get();
    auto known = std::find_if(libraries.begin(), libraries.end(),
                              [&](const UsedLibrary& used) { return used.library == library; });
    if (known == libraries.end()) known = libraries.insert(known, {library, variable.file, {}});
    known->members.push_back({&library->variables[variable.index], input.variables[0]});
  }
  for (const UsedLibrary& used : libraries) {
    std::vector<std::vector<Row>> groups = groups_of(used);
    for (std::size_t g = 0; g < groups.size(); ++g) {
      std::vector<Row>& rows = groups[g];
      CorrelationGroup group;
      group.copula_text = "Gaussian";
      group.copula.size = rows.size();
      group.copula.factor.assign(rows.size() * rows.size(), 0.0);
      for (std::size_t i = 0; i < rows.size(); ++i) {
        std::copy(rows[i].weights.begin(), rows[i].weights.end(),
                  group.copula.factor.begin() + static_cast<std::ptrdiff_t>(i * rows.size()));
        if (!rows[i].variable) {
          // A uniform that others depend on, although its own variable is not in the scenario.
          rows[i].variable = static_cast<std::uint32_t>(out_.variables.size());
          std::string stream = fmt::format("{}/{}#{}", used.file, g + 1, i + 1);
          out_.variables.push_back({std::move(stream), make("uniform", {0, 1}), rows[i].key});
        }
        group.variables.push_back(*rows[i].variable);
      }
      out_.correlation_groups.push_back(std::move(group));
    }
  }
}

}  // namespace tcosim
