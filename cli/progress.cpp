#include "cli/progress.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstdio>

#include "plots/numbers.hpp"

namespace tcosim {
namespace {

constexpr double kFirstSecond = 1;
constexpr std::size_t kBar = 20;

std::string rate_text(double per_second) {
  if (per_second >= 1e9) return text::significant(per_second / 1e9, 3) + "B";
  if (per_second >= 1e6) return text::significant(per_second / 1e6, 3) + "M";
  if (per_second >= 1e3) return text::significant(per_second / 1e3, 3) + "k";
  return text::significant(per_second, 3);
}

std::string time_text(double seconds) {
  const auto whole = static_cast<long>(std::ceil(seconds));
  if (whole >= 3600) return fmt::format("{}:{:02}:{:02}", whole / 3600, whole / 60 % 60, whole % 60);
  return fmt::format("{}:{:02}", whole / 60, whole % 60);
}

}  // namespace

std::string progress_text(const Progress& progress, double seconds, const TerminalStyle& style) {
  const auto done = static_cast<double>(progress.done);
  const auto of = static_cast<double>(std::max<std::uint64_t>(progress.of, 1));
  const double fraction = std::min(done / of, 1.0);
  const std::string filled = text::bar(fraction, kBar, style);
  const std::string rest = text::repeat(style.unicode ? "░" : ".", kBar - std::min(kBar, text::text_width(filled)));
  std::string line = fmt::format("{:3.0f}%  [{}{}]", std::floor(fraction * 100), filled, rest);
  if (progress.done == 0 || !(seconds > 0)) return line;
  return line + fmt::format("  {} draws/s, {} left", rate_text(done / seconds),
                            time_text(seconds * std::max(of - done, 0.0) / done));
}

ProgressLine::~ProgressLine() {
  if (!shown_) return;
  std::fputs("\r\x1b[K", stderr);
  std::fflush(stderr);
}

void ProgressLine::show(const Progress& progress) {
  const double seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start_).count();
  if (seconds < kFirstSecond || progress.done >= progress.of) return;
  fmt::print(stderr, "\r{}\x1b[K", progress_text(progress, seconds, style_));
  std::fflush(stderr);
  shown_ = true;
}

}  // namespace tcosim
