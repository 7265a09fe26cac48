// The words that units are made of, and the UDUNITS unit behind each.
// UDUNITS' own database does not fit (no GPU-hours, no tokens, "byte" is a plain 8), so the system is
// built from unit_tables.hpp and what a scenario declares.
// Words are found with prefixes, plurals and, but for symbols and currencies, in any case.
#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include <udunits2.h>

#include "scenarios/unit_tables.hpp"

namespace tcosim {

struct UtFree {
  void operator()(ut_unit* unit) const { ut_free(unit); }
};
using UtUnit = std::unique_ptr<ut_unit, UtFree>;
using UtSystem = std::shared_ptr<ut_system>;

/// A word as found: an entry of the vocabulary times a prefix.
struct UnitWord {
  std::size_t entry = 0;
  double scale = 1;
  std::string text;  ///< as written
  friend bool operator==(const UnitWord& a, const UnitWord& b) { return a.entry == b.entry && a.scale == b.scale; }
};

enum class UnitOrigin { measure, count, currency, declared };

class UnitVocabulary {
 public:
  UnitVocabulary();

  [[nodiscard]] std::optional<UnitWord> find(std::string_view word) const;
  [[nodiscard]] UtUnit unit(const UnitWord& word) const;
  [[nodiscard]] UnitOrigin origin(const UnitWord& word) const { return entries_[word.entry].origin; }
  [[nodiscard]] const UtSystem& system() const { return system_; }

  /// A declared unit; null `unit` makes a new base unit. Words of the count that it replaces follow.
  void declare(std::string_view name, UtUnit unit, std::optional<UnitWord> replaced);

  /// All words, plurals and the common prefixed ones included; currencies apart, since three letters are
  /// close to many of them.
  [[nodiscard]] std::vector<std::string> words() const;

 private:
  struct Entry {
    UtUnit unit;
    UnitOrigin origin = UnitOrigin::measure;
    Prefixes prefixes = Prefixes::none;
  };

  std::size_t add(UtUnit unit, UnitOrigin origin, Prefixes prefixes);
  void add_measure(const MeasureRow& row);
  [[nodiscard]] UtUnit product(std::string_view text) const;
  [[nodiscard]] std::optional<std::size_t> find_symbol(std::string_view word) const;
  [[nodiscard]] std::optional<std::size_t> find_name(std::string_view word) const;

  UtSystem system_;
  std::vector<Entry> entries_;
  std::unordered_map<std::string, std::size_t> symbols_;  ///< as written
  std::unordered_map<std::string, std::size_t> names_;    ///< lower case, singular
};

/// ASCII lower case.
[[nodiscard]] std::string lower_case(std::string_view text);

}  // namespace tcosim
