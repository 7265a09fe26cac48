// A scenario file's sections as declared: names, parsed expressions and places, nothing resolved yet.
// Own design; the stage between the YAML tree and the resolver.
// Promises that every expression marked `ok` has parsed, and that names are unique.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "scenarios/expression.hpp"
#include "scenarios/scenario.hpp"
#include "scenarios/sipmath.hpp"
#include "scenarios/source.hpp"
#include "scenarios/yaml_document.hpp"

namespace tcosim {

/// A scalar read by the grammar of values. Not `ok`: wrong and reported, or absent.
struct Expression {
  Scalar scalar;
  Parsed parsed;
  bool ok = false;
};

/// An entry of `import:`. Names and units are for the variables of a SIPmath library.
struct ImportDeclaration {
  Scalar file;
  std::vector<std::pair<Scalar, Scalar>> names;  ///< in the library, and here
  std::vector<std::pair<Scalar, Scalar>> units;  ///< the name here (or there), and the unit
};

/// Of an input that is a variable of a SIPmath library.
struct LibraryVariable {
  std::string file;
  std::shared_ptr<const SipLibrary> library;
  std::size_t index = 0;  ///< of the variable; means nothing with an omission
  std::optional<Scalar> unit;
  std::string omission;  ///< why the variable cannot be used: an error only where it is
};

/// What a lever does to one input.
struct InputChange {
  std::string lever;
  Scalar input;  ///< its name, where the lever has it
  Expression value;
  std::optional<Expression> base;
  bool broken = false;  ///< reported already
};

struct InputDeclaration {
  Scalar name;
  Expression value;
  std::optional<Expression> base;
  Annotation annotation;
  bool overrides = false;
  bool imported = false;
  std::optional<LibraryVariable> library;
  bool broken = false;  ///< reported already; its users stay silent
  // Of the levers that are pulled; both point into Declarations::levers of the file as read
  const InputChange* set_by = nullptr;
  std::vector<const InputChange*> scaled_by{};
};

struct LineDeclaration {
  Scalar name;        ///< where it stands
  std::string title;  ///< "labor.ml_engineer" for items
  LineKind kind = LineKind::line;
  std::optional<std::size_t> parent;
  bool has_items = false;
  bool broken = false;
  Expression formula;  ///< or the impact of a risk
  std::optional<Expression> probability, frequency;
  std::optional<Scalar> category, when, spend;
  bool lacks_category = false;  ///< not even a misspelt key for it
  std::string default_category{};
  std::string removed_by{};  ///< a lever that is pulled
  Annotation annotation;
};

struct OutputDeclaration {
  Scalar name;
  Expression formula;
  Annotation annotation;
};

struct UnitDeclaration {
  Scalar name, definition;
};

/// An entry of `correlations:`.
struct CorrelationDeclaration {
  Place place;
  std::vector<Scalar> inputs;  ///< two or more
  Scalar kind;                 ///< the key that the values stand under: "rank", "pearson", "matrix"
  bool is_matrix = false;
  std::vector<std::vector<Expression>> values;  ///< a square of them, or one for all pairs
  std::optional<Scalar> copula;
  bool repair = false;
  bool broken = false;  ///< reported already
};

/// An entry of `groups:`.
struct GroupDeclaration {
  Scalar name;
  std::vector<Scalar> members;
};

/// An entry of `levers:`.
struct LeverDeclaration {
  Scalar name;
  Place whole;  ///< all of its text
  std::vector<InputChange> sets, scales;
  std::vector<LineDeclaration> adds;  ///< with their items; parents are indices into this list
  std::vector<Scalar> removes;
  std::vector<LineDeclaration> cost;  ///< none, or one line of the lever's name with its items
  std::string cost_text;
  std::vector<Scalar> requires_, excludes;
  Annotation annotation;
};

struct Declarations {
  Place whole;        ///< the file
  bool read = false;  ///< its YAML could be read
  bool lacks_currency = false, lacks_horizon = false, lacks_costs = false;
  std::optional<Scalar> title, currency, horizon, start;
  std::vector<UnitDeclaration> units;
  std::vector<Scalar> categories;
  std::vector<ImportDeclaration> imports;
  std::vector<std::string> imported_files;  ///< with those that they import, each once
  std::vector<InputDeclaration> inputs;
  std::vector<LineDeclaration> lines;  ///< costs with their items, then risks
  std::vector<OutputDeclaration> outputs;
  std::vector<CorrelationDeclaration> correlations;
  std::vector<GroupDeclaration> groups;
  std::vector<LeverDeclaration> levers;

  std::optional<Scalar> base_rule, headline;
  std::optional<std::vector<Scalar>> targets, flat, budgets;
  std::optional<Scalar> draws, seed, sampling;
};

/// Parses a scalar as a value and reports what is wrong with it.
[[nodiscard]] Expression parse_scalar(const Scalar& scalar, Report& report);

/// All sections of a file. With `library`, only inputs, units, categories and imports, as an import takes them.
[[nodiscard]] Declarations read_sections(const YamlNode& root, const SourceText& source, bool library, Report& report);

/// Every name that an expression uses and every call of subtotal(); other called functions are left out.
void collect_names(const Syntax& syntax, std::vector<const Syntax*>& names);

}  // namespace tcosim
