#include "plots/images/script_engine.hpp"

#include <duktape.h>
#include <fmt/format.h>

#include <algorithm>
#include <cstdint>
#include <cstring>
#include <new>
#include <stdexcept>
#include <string_view>

#include "plots/embedded.hpp"
#include "plots/images/script_memory.hpp"

namespace tcosim {
namespace {

// What ECharts expects of its surroundings. Nothing ever waits: charts are drawn without animation.
constexpr std::string_view kSurroundings =
    "var global = this, globalThis = this, self = this;"
    "var console = {log: function () {}, warn: function () {}, error: function () {}};"
    "function setTimeout() { return 0; } function clearTimeout() {}";

bool is_surrogate(std::string_view text, unsigned char least, unsigned char most) {
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
  return text.size() >= 3 && byte(0) == 0xED && byte(1) >= least && byte(1) <= most;
}

/// Duktape has characters beyond U+FFFF as two surrogates of three bytes each (CESU-8); XML has them as UTF-8.
/// A surrogate alone, where a text was cut in the middle of a pair, becomes U+FFFD.
std::string utf8(std::string_view cesu) {
  std::string text;
  text.reserve(cesu.size());
  const auto low_bits = [](char c) { return static_cast<std::uint32_t>(static_cast<unsigned char>(c) & 0x3F); };
  while (!cesu.empty()) {
    if (!is_surrogate(cesu, 0xA0, 0xBF)) {
      text += cesu.front();
      cesu.remove_prefix(1);
      continue;
    }
    if (!is_surrogate(cesu, 0xA0, 0xAF) || !is_surrogate(cesu.substr(3), 0xB0, 0xBF)) {
      text += "\xEF\xBF\xBD";
      cesu.remove_prefix(3);
      continue;
    }
    const std::uint32_t high = (low_bits(cesu[1]) & 0x0F) << 6 | low_bits(cesu[2]),
                        low = (low_bits(cesu[4]) & 0x0F) << 6 | low_bits(cesu[5]), code = 0x10000 + (high << 10 | low);
    for (const std::uint32_t byte :
         {0xF0 | code >> 18, 0x80 | (code >> 12 & 0x3F), 0x80 | (code >> 6 & 0x3F), 0x80 | (code & 0x3F)})
      text += static_cast<char>(byte);
    cesu.remove_prefix(6);
  }
  return text;
}

/// The other way round.
std::string cesu8(std::string_view utf8) {
  std::string text;
  text.reserve(utf8.size());
  const auto bits = [](char c) { return static_cast<std::uint32_t>(static_cast<unsigned char>(c) & 0x3F); };
  while (!utf8.empty()) {
    if (static_cast<unsigned char>(utf8.front()) < 0xF0 || utf8.size() < 4) {
      text += utf8.front();
      utf8.remove_prefix(1);
      continue;
    }
    const std::uint32_t code = (bits(utf8[0]) & 0x07) << 18 | bits(utf8[1]) << 12 | bits(utf8[2]) << 6 | bits(utf8[3]);
    for (const std::uint32_t half : {0xD800 | (code - 0x10000) >> 10, 0xDC00 | (code & 0x3FF)})
      for (const std::uint32_t byte : {0xE0 | half >> 12, 0x80 | (half >> 6 & 0x3F), 0x80 | (half & 0x3F)})
        text += static_cast<char>(byte);
    utf8.remove_prefix(4);
  }
  return text;
}

ScriptMemory& memory(void* of) {
  return *static_cast<ScriptMemory*>(of);
}

/// What hovering would change. It takes no part in a picture, and its names count the charts drawn before.
std::string without_hovering(std::string_view svg) {
  constexpr std::string_view kClass = " class=\"zr";
  std::string still;
  still.reserve(svg.size());
  if (const std::size_t style = svg.find("<style"); style != std::string_view::npos) {
    const std::size_t end = svg.find("</style>", style) + 8;
    return without_hovering(svg.substr(0, style)) + without_hovering(svg.substr(end));
  }
  while (!svg.empty()) {
    const std::size_t next = std::min(svg.find(kClass), svg.size());
    still.append(svg.substr(0, next));
    svg.remove_prefix(next);
    if (!svg.empty()) svg.remove_prefix(svg.find('"', kClass.size()) + 1);
  }
  return still;
}

/// ECharts counts the charts of an engine in the names of clips and gradients: "zr7-c0". Which engine draws which chart
/// depends on the threads; so all are the first. librsvg 2.54 does not know the attribute that puts text in the middle
/// of its line, and would draw it a third of its height too high.
std::string settled(std::string_view svg) {
  constexpr std::string_view kCentral = " dominant-baseline=\"central\"", kShift = " dy=\"0.35em\"";
  std::string plain;
  plain.reserve(svg.size());
  while (!svg.empty()) {
    if (svg.starts_with(kCentral)) {
      plain += kShift;
      svg.remove_prefix(kCentral.size());
      continue;
    }
    const bool name = svg.starts_with("\"zr") || svg.starts_with("(#zr");
    if (name) {
      const std::size_t start = svg.find("zr") + 2, end = svg.find_first_not_of("0123456789", start);
      if (end != std::string_view::npos && end > start && svg[end] == '-') {
        plain.append(svg.substr(0, start)).append("0");
        svg.remove_prefix(end);
        continue;
      }
    }
    const std::size_t next = std::min(svg.find_first_of(" \"(", 1), svg.size());
    plain.append(svg.substr(0, next));
    svg.remove_prefix(next);
  }
  return plain;
}

struct Call {
  std::string definition;  ///< JSON, in CESU-8
  const ImageView& view;
};

/// Leaves the SVG on the stack. The definition is read as JSON: as a script it took ten times as long.
duk_ret_t draw(duk_context* c, void* data) {
  const Call& call = *static_cast<const Call*>(data);
  duk_get_global_string(c, "tcosimCharts");
  duk_get_prop_string(c, -1, "svg");
  duk_push_lstring(c, call.definition.data(), call.definition.size());
  duk_json_decode(c, -1);
  duk_push_object(c);
  duk_push_lstring(c, call.view.theme.data(), call.view.theme.size());
  duk_put_prop_string(c, -2, "theme");
  duk_push_int(c, call.view.width);
  duk_put_prop_string(c, -2, "width");
  duk_push_boolean(c, call.view.words ? 1 : 0);
  duk_put_prop_string(c, -2, "image");
  duk_call(c, 2);
  return 1;
}

}  // namespace

struct ScriptEngine::Heap {
  // The heap is never destroyed: nothing in it owns anything but memory, which goes back in one piece.
  Heap()
      : context(duk_create_heap([](void* of, duk_size_t size) { return memory(of).take(size); },
                                [](void* of, void* at, duk_size_t size) { return memory(of).resize(at, size); },
                                [](void* of, void* at) { memory(of).drop(at); }, &room, nullptr)) {
    if (context == nullptr) throw std::bad_alloc();
    run(kSurroundings);
    load_echarts();
    run(embedded::chart_script());
  }

  void run(std::string_view script) {
    if (duk_peval_lstring(context, script.data(), script.size()) != 0) throw std::runtime_error(error());
    duk_pop(context);
  }

  /// Bytecode takes a tenth of the time to load, but is only good for the Duktape that made it.
  void load_echarts() {
    if (duk_pcompile_or_load() != 0 || duk_pcall(context, 0) != 0) throw std::runtime_error(error());
    duk_pop(context);
  }

  int duk_pcompile_or_load() {
    duk_context* const c = context;
    duk_eval_string(c, "Duktape.version");
    const bool same = duk_get_int(c, -1) == DUK_VERSION;
    duk_pop(c);
    if (!same) return duk_pcompile_lstring(c, 0, embedded::echarts().data(), embedded::echarts().size());
    const std::string_view bytecode = embedded::echarts_bytecode();
    std::memcpy(duk_push_fixed_buffer(c, bytecode.size()), bytecode.data(), bytecode.size());
    duk_load_function(c);
    return 0;
  }

  /// The text of the error on top of the stack, which is taken off.
  std::string error() {
    std::string text = duk_safe_to_string(context, -1);
    duk_pop(context);
    return text;
  }

  ScriptMemory room;
  duk_context* context;
};

ScriptEngine::ScriptEngine() : heap_(std::make_unique<Heap>()) {}
ScriptEngine::~ScriptEngine() = default;
ScriptEngine::ScriptEngine(ScriptEngine&&) noexcept = default;
ScriptEngine& ScriptEngine::operator=(ScriptEngine&&) noexcept = default;

Expected<std::string, std::string> ScriptEngine::svg(const Chart& chart, const ImageView& view) {
  duk_context* const c = heap_->context;
  Call call{cesu8(to_json(chart)), view};
  if (duk_safe_call(c, draw, &call, 0, 1) != 0)
    return Unexpected{fmt::format("chart '{}': {}", chart.name, heap_->error())};
  duk_size_t size = 0;
  const char* text = duk_get_lstring(c, -1, &size);
  std::string svg = settled(without_hovering(utf8({text == nullptr ? "" : text, size})));
  duk_pop(c);
  return svg;
}

}  // namespace tcosim
