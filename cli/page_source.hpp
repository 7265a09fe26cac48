// What a page says of its own making: the scenarios in full, the files that they import, the command, version and date.
// SOURCE_DATE_EPOCH (reproducible-builds.org) sets the date, so that the same run writes the same page.
// Promises nothing about the machine or its user.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "plots/report/report.hpp"
#include "scenarios/scenario.hpp"

namespace tcosim {

/// `command` makes the same numbers again. Files that several scenarios are variants of are named once. Throws
/// UsageError where SOURCE_DATE_EPOCH is no time.
[[nodiscard]] ReportSource page_source(std::span<const Scenario* const> scenarios, std::string command);

/// A word as a POSIX shell reads it back.
[[nodiscard]] std::string quoted_word(const std::string& word);

}  // namespace tcosim
