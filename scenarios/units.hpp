// Units of measurement: parsing, products, comparison and conversion, on UDUNITS-2 with a unit system of
// our own (time, data, energy, counts such as gpu and token, every ISO currency).
// A value keeps the unit it was written in; a conversion is one factor, and where two units are the same
// size the factor is exactly 1, so that 1.5 month * 9000 USD/month is exactly 13500 USD.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "distributions/expected.hpp"

namespace tcosim {

class UnitSystem;
struct UnitTerm;

/// A unit of one UnitSystem, by value. The default is the dimensionless 1.
class Unit {
 public:
  Unit() = default;
  [[nodiscard]] bool dimensionless() const;  ///< of dimension 1 (per cent and "dozen" are, too)
  /// As people read it, in the words it was written in where possible: "USD/gpu_hour", "month", "".
  [[nodiscard]] std::string text() const;

 private:
  friend class UnitSystem;
  struct State;
  std::shared_ptr<const State> state_;
};

/// What is wrong with a unit's text: an unknown word, a currency sign, a bad form.
struct UnitError {
  std::string message;         ///< "unknown unit 'gpu_hous'"
  std::string suggestion;      ///< the unit that was meant: "gpu_hours"; may be empty
  int offset = 0, length = 0;  ///< of the offending part within the text, in bytes
};

class UnitSystem {
 public:
  UnitSystem();
  ~UnitSystem();
  UnitSystem(UnitSystem&&) noexcept;
  UnitSystem& operator=(UnitSystem&&) noexcept;

  /// Declares a user's own unit: `definition` is "count" or a quantity such as "8 gpu", "2 week" in units
  /// known so far. It may replace a built-in count (node: 8 gpu), no other unit; do so before parsing. The
  /// error's offset is within the definition, its length 0 when the name is what is wrong.
  [[nodiscard]] std::optional<UnitError> declare(std::string_view name, std::string_view definition);

  /// Parses one unit word such as "USD/TB/month", "GPU-hours", "Mtoken", "USD per gpu_hour".
  [[nodiscard]] Expected<Unit, UnitError> parse(std::string_view text) const;

  [[nodiscard]] Unit multiply(const Unit& a, const Unit& b) const;
  [[nodiscard]] Unit divide(const Unit& a, const Unit& b) const;
  /// a^n for a whole n; roots where they exist (n = 1/2), else nothing.
  [[nodiscard]] std::optional<Unit> power(const Unit& a, double n) const;

  /// The number that turns a value in `from` into a value in `to`; nothing when they measure different things.
  [[nodiscard]] std::optional<double> factor(const Unit& from, const Unit& to) const;
  [[nodiscard]] bool is_time(const Unit& unit) const;
  /// True for currency^1 of the given code times nothing else.
  [[nodiscard]] bool is_money(const Unit& unit, std::string_view currency) const;
  /// True for money per time of the given currency.
  [[nodiscard]] bool is_money_per_time(const Unit& unit, std::string_view currency) const;
  /// The currencies (ISO codes) that occur in the unit, sorted.
  [[nodiscard]] std::vector<std::string> currencies(const Unit& unit) const;
  [[nodiscard]] static bool is_currency(std::string_view code);
  /// Every word that a unit may be made of, for suggestions.
  [[nodiscard]] std::vector<std::string> words() const;

 private:
  struct State;
  [[nodiscard]] Unit from_terms(const std::vector<UnitTerm>& terms) const;
  std::unique_ptr<State> state_;
};

}  // namespace tcosim
