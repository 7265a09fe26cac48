// The progress line of a long run: share done, draws per second, time left.
// Shown on standard error when it is a terminal, from one second on; gone when the run ends.
// Thread-compatible: the simulation calls it from one thread at a time.
#pragma once

#include <chrono>
#include <string>

#include "plots/text.hpp"
#include "sim/simulate.hpp"

namespace tcosim {

/// " 42%  [########............]  12.3M draws/s, 0:05 left". No newline.
[[nodiscard]] std::string progress_text(const Progress& progress, double seconds, const TerminalStyle& style);

/// Draws the line in place, and erases it on destruction if it was drawn.
class ProgressLine {
 public:
  explicit ProgressLine(TerminalStyle style) : style_(style) {}
  ProgressLine(const ProgressLine&) = delete;
  ProgressLine& operator=(const ProgressLine&) = delete;
  ~ProgressLine();
  void show(const Progress& progress);

 private:
  TerminalStyle style_;
  std::chrono::steady_clock::time_point start_ = std::chrono::steady_clock::now();
  bool shown_ = false;
};

}  // namespace tcosim
