#include "sim/pass_watch.hpp"

#include <fmt/format.h>

#include <cmath>

namespace tcosim {

void FirstFailure::note(std::uint64_t piece) {
  std::uint64_t known = piece_;
  while (piece < known && !piece_.compare_exchange_weak(known, piece)) {
  }
}

void ProgressReport::add(std::uint64_t count) {
  done_ += count;
  if (!report_) return;
  const std::unique_lock lock(mutex_, std::try_to_lock);
  if (!lock) return;
  const auto now = std::chrono::steady_clock::now();
  if (now - last_ < std::chrono::milliseconds(100)) return;
  last_ = now;
  report_({done_, draws_});  // read under the lock, so that it never steps back
}

RunError not_finite(const std::string& what, double value, std::uint64_t draw) {
  return {
      fmt::format("{} is {} in draw {}: no finite number. A division by zero, a root or logarithm of a "
                  "negative number, or an overflow; min() and max() can keep a formula in bounds",
                  what, std::isnan(value) ? "not a number (NaN)" : "infinite", draw + 1)};
}

}  // namespace tcosim
