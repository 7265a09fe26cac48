#include "plots/charts/chart.hpp"

#include "plots/charts/parts.hpp"

namespace tcosim {
namespace {

/// In a page `</script>` ends a script wherever it stands, and in ECMAScript 5 U+2028 and U+2029 end a line, even
/// within a string; JSON's own escapes mean the same and end nothing.
std::string safe_in_markup(const std::string& json) {
  std::string safe;
  safe.reserve(json.size());
  for (std::size_t i = 0; i < json.size(); ++i) {
    const char c = json[i];
    if (json.compare(i, 2, "\xe2\x80") == 0 && (json[i + 2] == '\xa8' || json[i + 2] == '\xa9')) {
      safe += json[i + 2] == '\xa8' ? "\\u2028" : "\\u2029";
      i += 2;
      continue;
    }
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
      case '\x7f':
        safe += "\\u007f";
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
