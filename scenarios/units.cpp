#include "scenarios/units.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <set>
#include <utility>

#include <fmt/format.h>

#include "scenarios/diagnostic.hpp"
#include "scenarios/expression.hpp"
#include "scenarios/unit_parser.hpp"
#include "scenarios/unit_vocabulary.hpp"

namespace tcosim {
namespace {

/// UDUNITS' limit; no quantity that means something comes near.
constexpr int kMostPower = 255;

/// Relative error that a conversion may pick up from UDUNITS' products of a few scales.
constexpr double kRounding = 4e-15;
constexpr double kMostDenominator = 1e9;

/// The fraction of small whole numbers that `x` is up to rounding, correctly rounded; else `x` itself.
/// Convergents of the continued fraction, the simplest first (Hardy and Wright, chapter 10).
double simple_ratio(double x) {
  const double above = x < 1 ? 1 / x : x;
  double rest = above;
  double p = 1, q = 0, p_before = 0, q_before = 1;
  for (int step = 0; step < 40; ++step) {
    const double whole = std::floor(rest);
    p_before = std::exchange(p, whole * p + p_before);
    q_before = std::exchange(q, whole * q + q_before);
    if (q > kMostDenominator) return x;
    if (std::fabs(p / q - above) <= kRounding * above) return x < 1 ? q / p : p / q;
    rest = 1 / (rest - whole);
  }
  return x;
}

ut_status collect_symbol(const ut_unit* unit, void* codes) {
  if (const char* symbol = ut_get_symbol(unit, UT_ASCII)) static_cast<std::set<std::string>*>(codes)->insert(symbol);
  return UT_SUCCESS;
}

ut_status collect_product(const ut_unit*, int count, const ut_unit* const* units, const int*, void* codes) {
  for (int i = 0; i < count; ++i) collect_symbol(units[i], codes);
  return UT_SUCCESS;
}

extern const ut_visitor kSymbolCollector;

ut_status collect_scaled(const ut_unit*, double, const ut_unit* underlying, double, void* codes) {
  return ut_accept_visitor(underlying, &kSymbolCollector, codes);
}

ut_status collect_timestamp(const ut_unit*, const ut_unit*, double, void*) {
  return UT_SUCCESS;
}
ut_status collect_logarithm(const ut_unit*, double, const ut_unit*, void*) {
  return UT_SUCCESS;
}

const ut_visitor kSymbolCollector = {collect_symbol, collect_product, collect_scaled, collect_timestamp,
                                     collect_logarithm};

bool same_words(std::vector<UnitWord> a, std::vector<UnitWord> b) {
  return a.size() == b.size() && std::is_permutation(a.begin(), a.end(), b.begin());
}

/// One term per compound word, in the order of first occurrence; those that cancel are gone.
std::vector<UnitTerm> merged(const std::vector<UnitTerm>& terms) {
  std::vector<UnitTerm> result;
  for (const UnitTerm& term : terms) {
    const auto same =
        std::find_if(result.begin(), result.end(), [&](const UnitTerm& t) { return same_words(t.words, term.words); });
    if (same == result.end()) {
      result.push_back(term);
    } else {
      same->exponent = std::clamp(same->exponent + term.exponent, -kMostPower, kMostPower);
    }
  }
  result.erase(std::remove_if(result.begin(), result.end(), [](const UnitTerm& t) { return t.exponent == 0; }),
               result.end());
  return result;
}

/// True where a word of `term` stands on the other side of the fraction bar in another term.
bool cancels_partly(const UnitTerm& term, const std::vector<UnitTerm>& terms) {
  return std::any_of(terms.begin(), terms.end(), [&](const UnitTerm& other) {
    if ((other.exponent > 0) == (term.exponent > 0)) return false;
    return std::any_of(term.words.begin(), term.words.end(), [&](const UnitWord& word) {
      return std::find(other.words.begin(), other.words.end(), word) != other.words.end();
    });
  });
}

/// gpu_hour/run * run is gpu_hour; gpu_hour/gpu is hour: compound words come apart only where they must.
std::vector<UnitTerm> simplified(const std::vector<UnitTerm>& terms) {
  const std::vector<UnitTerm> whole = merged(terms);
  std::vector<UnitTerm> parts;
  for (const UnitTerm& term : whole) {
    if (term.words.size() == 1 || !cancels_partly(term, whole)) {
      parts.push_back(term);
      continue;
    }
    for (const UnitWord& word : term.words) parts.push_back({word.text, {word}, term.exponent});
  }
  return merged(parts);
}

UtUnit one(const UtSystem& system) {
  return UtUnit(ut_get_dimensionless_unit_one(system.get()));
}

}  // namespace

struct Unit::State {
  UtSystem system;  ///< keeps UDUNITS' side alive for as long as any unit of it
  UtUnit unit;
  std::vector<UnitTerm> terms;
};

struct UnitSystem::State {
  UnitVocabulary vocabulary;
  std::set<std::string> declared;  ///< lower case

  [[nodiscard]] UtUnit ut(const std::vector<UnitTerm>& terms) const {
    UtUnit product = one(vocabulary.system());
    for (const UnitTerm& term : terms) {
      for (const UnitWord& word : term.words) {
        const UtUnit factor(ut_raise(vocabulary.unit(word).get(), term.exponent));
        product.reset(ut_multiply(product.get(), factor.get()));
      }
    }
    return product;
  }
};

bool Unit::dimensionless() const {
  return state_ == nullptr || ut_is_dimensionless(state_->unit.get()) != 0;
}

std::string Unit::text() const {
  if (state_ == nullptr) return "";
  std::string above, below;
  const auto power = [](const UnitTerm& term) {
    const int exponent = std::abs(term.exponent);
    return exponent == 1 ? term.text : fmt::format("{}^{}", term.text, exponent);
  };
  const auto is_money = [](const UnitTerm& term) { return UnitSystem::is_currency(term.text); };
  for (const bool money : {true, false}) {
    for (const UnitTerm& term : state_->terms) {
      if (term.exponent < 0 || is_money(term) != money) continue;
      above += (above.empty() ? "" : "*") + power(term);
    }
  }
  for (const UnitTerm& term : state_->terms) {
    if (term.exponent < 0) below += "/" + power(term);
  }
  return above.empty() && !below.empty() ? "1" + below : above + below;
}

UnitSystem::UnitSystem() : state_(std::make_unique<State>()) {}
UnitSystem::~UnitSystem() = default;
UnitSystem::UnitSystem(UnitSystem&&) noexcept = default;
UnitSystem& UnitSystem::operator=(UnitSystem&&) noexcept = default;

Unit UnitSystem::from_terms(const std::vector<UnitTerm>& terms) const {
  Unit unit;
  std::vector<UnitTerm> simple = simplified(terms);
  if (simple.empty()) return unit;
  UtUnit ut = state_->ut(simple);
  unit.state_ =
      std::make_shared<const Unit::State>(Unit::State{state_->vocabulary.system(), std::move(ut), std::move(simple)});
  return unit;
}

Expected<Unit, UnitError> UnitSystem::parse(std::string_view text) const {
  auto terms = parse_unit(text, state_->vocabulary);
  if (!terms) return Unexpected{terms.error()};
  return from_terms(*terms);
}

Unit UnitSystem::multiply(const Unit& a, const Unit& b) const {
  if (a.state_ == nullptr) return b;
  if (b.state_ == nullptr) return a;
  std::vector<UnitTerm> terms = a.state_->terms;
  terms.insert(terms.end(), b.state_->terms.begin(), b.state_->terms.end());
  return from_terms(terms);
}

Unit UnitSystem::divide(const Unit& a, const Unit& b) const {
  return multiply(a, power(b, -1).value());
}

std::optional<Unit> UnitSystem::power(const Unit& a, double n) const {
  if (a.state_ == nullptr || n == 0) return Unit{};
  std::vector<UnitTerm> terms = a.state_->terms;
  for (UnitTerm& term : terms) {
    const double exponent = term.exponent * n;
    if (exponent != std::round(exponent) || !(std::fabs(exponent) <= kMostPower)) return std::nullopt;
    term.exponent = static_cast<int>(exponent);
  }
  return from_terms(terms);
}

// UDUNITS also converts a unit to its reciprocal (USD/run to run/USD): the quotient of the two must be
// a plain number.
std::optional<double> UnitSystem::factor(const Unit& from, const Unit& to) const {
  const Unit ratio = divide(from, to);
  if (ratio.state_ == nullptr) return 1.0;
  cv_converter* const converter = ut_get_converter(ratio.state_->unit.get(), one(state_->vocabulary.system()).get());
  if (converter == nullptr) return std::nullopt;
  const double size = cv_convert_double(converter, 1.0);
  cv_free(converter);
  if (!std::isfinite(size) || size <= 0) return std::nullopt;
  return simple_ratio(size);
}

bool UnitSystem::is_time(const Unit& unit) const {
  return factor(unit, parse("second").value()).has_value();
}

bool UnitSystem::is_money(const Unit& unit, std::string_view currency) const {
  return is_currency(currency) && factor(unit, parse(currency).value()).has_value();
}

bool UnitSystem::is_money_per_time(const Unit& unit, std::string_view currency) const {
  return is_money(multiply(unit, parse("second").value()), currency);
}

std::vector<std::string> UnitSystem::currencies(const Unit& unit) const {
  std::set<std::string> codes;
  if (unit.state_ != nullptr) ut_accept_visitor(unit.state_->unit.get(), &kSymbolCollector, &codes);
  return {codes.begin(), codes.end()};
}

bool UnitSystem::is_currency(std::string_view code) {
  return is_currency_code(code);
}

std::vector<std::string> UnitSystem::words() const {
  std::vector<std::string> result = state_->vocabulary.words();
  for (const std::string_view code : currency_codes()) result.emplace_back(code);
  return result;
}

std::optional<UnitError> UnitSystem::declare(std::string_view name, std::string_view definition) {
  const UnitVocabulary& known = state_->vocabulary;
  if (!is_name(name) || is_keyword(name) || name.front() == '_') {
    return UnitError{fmt::format("'{}' cannot be a unit: a letter, then letters, digits and _", name), "", 0, 0};
  }
  if (state_->declared.count(lower_case(name)) > 0) {
    return UnitError{fmt::format("the unit '{}' is declared twice", name), "", 0, 0};
  }
  const auto existing = known.find(name);
  if (existing && known.origin(*existing) == UnitOrigin::declared) {
    return UnitError{fmt::format("'{}' is a unit that is declared already", name), "", 0, 0};
  }
  const bool replaces = existing && existing->scale == 1 && known.origin(*existing) == UnitOrigin::count;
  if (!replaces && parse_unit(name, known)) {
    return UnitError{fmt::format("'{}' is a built-in unit", name), "", 0, 0};
  }
  UtUnit unit;
  if (definition != "count") {
    auto written = parse_unit_definition(definition);
    if (!written) return written.error();
    Expected<std::vector<UnitTerm>, UnitError> terms = std::vector<UnitTerm>{};
    if (!written->unit.empty()) terms = parse_unit(written->unit, known);
    if (!terms) {
      UnitError error = terms.error();
      error.offset += written->unit_offset;
      return error;
    }
    unit.reset(ut_scale(written->size, state_->ut(*terms).get()));
  }
  state_->vocabulary.declare(name, std::move(unit), replaces ? existing : std::nullopt);
  state_->declared.insert(lower_case(name));
  return std::nullopt;
}

}  // namespace tcosim
