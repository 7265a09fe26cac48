// What the threads of one pass over all draws tell each other: the first piece that failed, and how far they are.
// The least failed piece counts, not the first one seen, so that what is said of it does not depend on the threads.
// Both may be called by any thread; `progress` of RunOptions is called by one at a time.
#pragma once

#include <atomic>
#include <chrono>
#include <cstdint>
#include <functional>
#include <limits>
#include <mutex>
#include <string>

#include "sim/simulate.hpp"

namespace tcosim {

class FirstFailure {
 public:
  void note(std::uint64_t piece);

  /// The least piece noted so far; greater than any piece where there is none.
  [[nodiscard]] std::uint64_t piece() const { return piece_; }

 private:
  std::atomic<std::uint64_t> piece_{std::numeric_limits<std::uint64_t>::max()};
};

class ProgressReport {
 public:
  /// Keeps a reference to `report`, which may be empty.
  ProgressReport(const std::function<void(Progress)>& report, std::uint64_t draws) : report_(report), draws_(draws) {}

  void restart() { done_ = 0; }

  /// `count` more draws are done. Reports ten times a second at most.
  void add(std::uint64_t count);

 private:
  const std::function<void(Progress)>& report_;
  std::uint64_t draws_;
  std::atomic<std::uint64_t> done_{0};
  std::mutex mutex_;
  std::chrono::steady_clock::time_point last_{};
};

/// `what`, in words such as "the line 'serving'", is NaN or infinite in the draw of that index.
[[nodiscard]] RunError not_finite(const std::string& what, double value, std::uint64_t draw);

}  // namespace tcosim
