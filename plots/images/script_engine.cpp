#include "plots/images/script_engine.hpp"

#include <duktape.h>
#include <fmt/format.h>

#include <cstdint>
#include <cstring>
#include <new>
#include <stdexcept>
#include <string_view>

#include "plots/embedded.hpp"

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

struct Destroy {
  void operator()(duk_context* context) const { duk_destroy_heap(context); }
};

}  // namespace

struct ScriptEngine::Heap {
  Heap() : context(duk_create_heap_default()) {
    if (!context) throw std::bad_alloc();
    run(kSurroundings);
    load_echarts();
    run(embedded::chart_script());
  }

  void run(std::string_view script) {
    if (duk_peval_lstring(context.get(), script.data(), script.size()) != 0) throw std::runtime_error(error());
    duk_pop(context.get());
  }

  /// Bytecode takes a tenth of the time to load, but is only good for the Duktape that made it.
  void load_echarts() {
    if (duk_pcompile_or_load() != 0 || duk_pcall(context.get(), 0) != 0) throw std::runtime_error(error());
    duk_pop(context.get());
  }

  int duk_pcompile_or_load() {
    duk_context* const c = context.get();
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
    std::string text = duk_safe_to_string(context.get(), -1);
    duk_pop(context.get());
    return text;
  }

  std::unique_ptr<duk_context, Destroy> context;
};

ScriptEngine::ScriptEngine() : heap_(std::make_unique<Heap>()) {}
ScriptEngine::~ScriptEngine() = default;
ScriptEngine::ScriptEngine(ScriptEngine&&) noexcept = default;
ScriptEngine& ScriptEngine::operator=(ScriptEngine&&) noexcept = default;

Expected<std::string, std::string> ScriptEngine::svg(const Chart& chart, const ImageView& view) {
  duk_context* const c = heap_->context.get();
  const std::string call = fmt::format("tcosimCharts.svg({}, {{theme: '{}', width: {}, image: {}}})", to_json(chart),
                                       view.theme, view.width, view.words);
  if (duk_peval_lstring(c, call.data(), call.size()) != 0)
    return Unexpected{fmt::format("chart '{}': {}", chart.name, heap_->error())};
  duk_size_t size = 0;
  const char* text = duk_get_lstring(c, -1, &size);
  std::string svg = utf8({text == nullptr ? "" : text, size});
  duk_pop(c);
  return svg;
}

}  // namespace tcosim
