#include "scenarios/unit_vocabulary.hpp"

#include <algorithm>
#include <stdexcept>
#include <utility>

namespace tcosim {
namespace {

/// Shortest name that takes a short prefix: "Mrun" is a million runs, "Man" is not a million of anything.
constexpr std::size_t kShortestPrefixed = 3;

std::vector<std::string_view> split(std::string_view text, char separator) {
  std::vector<std::string_view> parts;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find(separator), text.size());
    parts.push_back(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return parts;
}

bool ends_with(std::string_view text, std::string_view end) {
  return text.size() > end.size() && text.substr(text.size() - end.size()) == end;
}

std::string plural(std::string_view name) {
  if (name == "person") return "people";
  std::string result(name);
  const bool vowel = name.size() > 1 && std::string_view("aeiou").find(name[name.size() - 2]) != std::string_view::npos;
  if (ends_with(name, "y") && !vowel) return result.substr(0, result.size() - 1) + "ies";
  const bool hiss = ends_with(name, "s") || ends_with(name, "x") || ends_with(name, "ch") || ends_with(name, "sh");
  return result + (hiss ? "es" : "s");
}

/// What the word may be the plural of, the word itself first.
std::vector<std::string> singulars(const std::string& word) {
  std::vector<std::string> result{word};
  if (word == "people") result.emplace_back("person");
  if (ends_with(word, "s")) result.push_back(word.substr(0, word.size() - 1));
  if (ends_with(word, "es")) result.push_back(word.substr(0, word.size() - 2));
  if (ends_with(word, "ies")) result.push_back(word.substr(0, word.size() - 3) + "y");
  return result;
}

UtUnit required(ut_unit* unit) {
  if (unit == nullptr) throw std::logic_error("UDUNITS refused a unit of our own tables");
  return UtUnit(unit);
}

}  // namespace

std::string lower_case(std::string_view text) {
  std::string result(text);
  for (char& c : result) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return result;
}

UnitVocabulary::UnitVocabulary() {
  ut_set_error_message_handler(ut_ignore);  // by default UDUNITS prints to standard error
  system_ = UtSystem(ut_new_system(), ut_free_system);
  for (const MeasureRow& row : measure_rows()) add_measure(row);
  for (const std::string_view name : count_names()) {
    names_[std::string(name)] = add(required(ut_new_base_unit(system_.get())), UnitOrigin::count, Prefixes::decimal);
  }
  for (const std::string_view code : currency_codes()) {
    UtUnit unit = required(ut_new_base_unit(system_.get()));
    const std::string symbol(code);
    ut_map_unit_to_symbol(unit.get(), symbol.c_str(), UT_ASCII);
    symbols_[symbol] = add(std::move(unit), UnitOrigin::currency, Prefixes::decimal);
  }
}

std::size_t UnitVocabulary::add(UtUnit unit, UnitOrigin origin, Prefixes prefixes) {
  entries_.push_back({std::move(unit), origin, prefixes});
  return entries_.size() - 1;
}

/// The unit of a table's `of`: "1", a name, or "joule/second".
UtUnit UnitVocabulary::product(std::string_view text) const {
  const auto named = [&](std::string_view name) -> UtUnit {
    if (name == "1") return required(ut_get_dimensionless_unit_one(system_.get()));
    return required(ut_clone(entries_[find_name(name).value()].unit.get()));
  };
  const std::size_t slash = text.find('/');
  UtUnit result = named(text.substr(0, slash));
  if (slash == std::string_view::npos) return result;
  return required(ut_divide(result.get(), named(text.substr(slash + 1)).get()));
}

void UnitVocabulary::add_measure(const MeasureRow& row) {
  UtUnit unit = required(row.of.empty() ? ut_new_base_unit(system_.get()) : ut_scale(row.size, product(row.of).get()));
  const std::size_t entry = add(std::move(unit), UnitOrigin::measure, row.prefixes);
  for (const std::string_view name : split(row.names, ' ')) names_[std::string(name)] = entry;
  for (const std::string_view symbol : split(row.symbols, ' ')) symbols_[std::string(symbol)] = entry;
}

std::optional<std::size_t> UnitVocabulary::find_symbol(std::string_view word) const {
  const auto found = symbols_.find(std::string(word));
  return found == symbols_.end() ? std::nullopt : std::optional(found->second);
}

std::optional<std::size_t> UnitVocabulary::find_name(std::string_view word) const {
  for (const std::string& name : singulars(lower_case(word))) {
    if (const auto found = names_.find(name); found != names_.end()) return found->second;
  }
  return std::nullopt;
}

std::optional<UnitWord> UnitVocabulary::find(std::string_view word) const {
  if (const auto entry = find_symbol(word)) return UnitWord{*entry, 1, std::string(word)};
  if (const auto entry = find_name(word)) return UnitWord{*entry, 1, std::string(word)};

  const auto prefixed = [&](const Prefix& prefix, std::optional<std::size_t> entry) -> std::optional<UnitWord> {
    if (!entry) return std::nullopt;
    const Prefixes allowed = entries_[*entry].prefixes;
    if (allowed == Prefixes::none || (prefix.data_only && allowed != Prefixes::data)) return std::nullopt;
    return UnitWord{*entry, prefix.size, std::string(word)};
  };
  for (const Prefix& prefix : unit_prefixes()) {
    if (word.substr(0, prefix.symbol.size()) == prefix.symbol) {
      const std::string_view rest = word.substr(prefix.symbol.size());
      if (auto found = prefixed(prefix, find_symbol(rest))) return found;
      if (rest.size() < kShortestPrefixed) continue;
      if (auto found = prefixed(prefix, find_name(rest))) return found;
    }
    if (prefix.name.empty() || lower_case(word.substr(0, prefix.name.size())) != prefix.name) continue;
    if (auto found = prefixed(prefix, find_name(word.substr(prefix.name.size())))) return found;
  }
  return std::nullopt;
}

UtUnit UnitVocabulary::unit(const UnitWord& word) const {
  ut_unit* const base = entries_[word.entry].unit.get();
  return required(word.scale == 1 ? ut_clone(base) : ut_scale(word.scale, base));
}

void UnitVocabulary::declare(std::string_view name, UtUnit unit, std::optional<UnitWord> replaced) {
  if (unit == nullptr) unit = required(ut_new_base_unit(system_.get()));
  const std::size_t entry = add(std::move(unit), UnitOrigin::declared, Prefixes::decimal);
  for (auto& [word, target] : names_) {
    if (replaced && target == replaced->entry) target = entry;
  }
  names_[lower_case(name)] = entry;
}

std::vector<std::string> UnitVocabulary::words() const {
  std::vector<std::string> result;
  for (const auto& [name, entry] : names_) {
    result.push_back(name);
    result.push_back(plural(name));
  }
  for (const auto& [symbol, entry] : symbols_) {
    if (entries_[entry].origin == UnitOrigin::currency) continue;
    result.push_back(symbol);
    if (entries_[entry].prefixes == Prefixes::none) continue;
    for (const Prefix& prefix : unit_prefixes()) {
      const bool usual = !prefix.name.empty() && (!prefix.data_only || entries_[entry].prefixes == Prefixes::data);
      if (usual) result.push_back(std::string(prefix.symbol) + symbol);
    }
  }
  for (const std::string_view word : {"ktoken", "Mtoken", "krequest", "Mrequest", "kUSD", "MUSD"}) {
    result.emplace_back(word);
  }
  std::sort(result.begin(), result.end());
  return result;
}

}  // namespace tcosim
