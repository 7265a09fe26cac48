// The two ways in which a command ends early, and the exit statuses.
// Thrown where the command line meets the world, caught once in application.cpp; libraries return values.
// Status 2 is for what the user wrote, 1 for what the machine refused.
#pragma once

#include <stdexcept>
#include <string>
#include <utility>

#include "distributions/expected.hpp"

namespace tcosim {

inline constexpr int kDone = 0;
inline constexpr int kFailed = 1;
inline constexpr int kWrongInput = 2;
inline constexpr int kConditionHolds = 3;

/// The command line is wrong: one sentence without a full stop.
struct UsageError : std::runtime_error {
  using std::runtime_error::runtime_error;
};

/// What an option was read as; throws UsageError with the option's name where it cannot be read.
template <class T>
[[nodiscard]] T value_or_throw(Expected<T, std::string> parsed, const std::string& option) {
  if (!parsed) throw UsageError(option + ": " + parsed.error());
  return std::move(parsed).value();
}

/// The run or the writing of its results failed.
struct RunFailure : std::runtime_error {
  using std::runtime_error::runtime_error;
};

}  // namespace tcosim
