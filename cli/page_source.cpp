#include "cli/page_source.hpp"

#include <algorithm>
#include <array>
#include <ctime>
#include <utility>

#include "cli/workbook_options.hpp"

namespace tcosim {
namespace {

std::string day(std::time_t time) {
  std::tm utc{};
  if (gmtime_r(&time, &utc) == nullptr) return "";
  std::array<char, 32> text{};
  return {text.data(), std::strftime(text.data(), text.size(), "%Y-%m-%d", &utc)};
}

void add_once(std::vector<std::string>& names, const std::string& name) {
  if (!name.empty() && std::ranges::find(names, name) == names.end()) names.push_back(name);
}

}  // namespace

ReportSource page_source(std::span<const Scenario* const> scenarios, std::string command) {
  ReportSource source;
  source.command = std::move(command);
  source.version = TCOSIM_VERSION;
  source.date = day(time_of_making());
  for (const Scenario* scenario : scenarios) {
    const bool known = std::ranges::any_of(source.scenarios, [&](const ScenarioText& other) {
      return other.file == scenario->file && other.text == scenario->text;
    });
    if (!known) source.scenarios.push_back({scenario->file, scenario->text});
    for (const std::string& file : scenario->imported_files) add_once(source.imports, file);
  }
  return source;
}

std::string quoted_word(const std::string& word) {
  constexpr std::string_view kPlain = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_./:=,%+@-";
  if (!word.empty() && word.find_first_not_of(kPlain) == std::string::npos) return word;
  std::string out = "'";
  for (const char c : word) out += c == '\'' ? std::string("'\\''") : std::string(1, c);
  return out + "'";
}

}  // namespace tcosim
