// Markup as a type of its own: whatever is text becomes markup through one escape function, or not at all.
// Texts come from scenarios and file names; patterns are literals of this folder.
// Promises that no text can open a tag, end an attribute or a comment, or hide behind control characters.
#pragma once

#include <fmt/format.h>

#include <concepts>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>

namespace tcosim::report {

struct Markup {
  std::string html;
  [[nodiscard]] bool empty() const { return html.empty(); }
  Markup& operator+=(const Markup& more) {
    html += more.html;
    return *this;
  }
};

[[nodiscard]] inline Markup operator+(Markup left, const Markup& right) {
  return std::move(left += right);
}

enum class Breaks { shown, kept };

/// & < > " ' as character references; control characters, direction marks and bytes that are not UTF-8 as visible
/// escapes (`\x1b`). With Breaks::kept, newlines and tabs stay: for texts in several lines.
[[nodiscard]] Markup escaped(std::string_view text, Breaks breaks = Breaks::shown);

/// What a pattern's argument becomes: texts are escaped, markup and whole numbers stand as they are. Other numbers have
/// to be made into text first, since how they read is a choice.
inline const std::string& safe(const Markup& markup) {
  return markup.html;
}
inline std::string safe(std::string_view text) {
  return escaped(text).html;
}
template <std::integral Number>
Number safe(Number number) {
  return number;
}

template <class Argument>
using Safe = std::decay_t<decltype(safe(std::declval<const Argument&>()))>;

/// fmt's patterns: markup("<p>{}</p>", text).
template <class... Arguments>
[[nodiscard]] Markup markup(fmt::format_string<Safe<Arguments>...> pattern, const Arguments&... arguments) {
  return {fmt::vformat(pattern, fmt::make_format_args(static_cast<const Safe<Arguments>&>(safe(arguments))...))};
}

/// A number in full precision, for data-value; "" where it is not finite.
[[nodiscard]] std::string full(double value);

/// A JSON text that may stand in a script: < > & and the line separators U+2028 and U+2029 escaped.
[[nodiscard]] std::string json_in_script(std::string_view json);

}  // namespace tcosim::report
