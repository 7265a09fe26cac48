#include "plots/charts/chart.hpp"

#include "plots/charts/parts.hpp"

namespace tcosim {
namespace {

/// In a page `</script>` ends a script wherever it stands; JSON's own escapes mean the same and end nothing.
std::string safe_in_markup(const std::string& json) {
  std::string safe;
  safe.reserve(json.size());
  for (const char c : json) {
    switch (c) {
      case '<':
        safe += "\\u003c";
        break;
      case '>':
        safe += "\\u003e";
        break;
      case '&':
        safe += "\\u0026";
        break;
      default:
        safe += c;
    }
  }
  return safe;
}

}  // namespace

std::string to_json(const Chart& chart) {
  const chart::Json words{{"name", chart.name},
                          {"title", chart.title},
                          {"method", chart.method},
                          {"summary", chart.summary},
                          {"height", chart.height}};
  std::string json = chart::dump(words);
  json.pop_back();
  return safe_in_markup(json + ",\"option\":" + chart.option + "}");
}

}  // namespace tcosim
