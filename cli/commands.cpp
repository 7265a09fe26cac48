#include <array>

#include "cli/command.hpp"

namespace tcosim {
namespace {

constexpr std::array<Command, 12> kCommands{{
    {"run", "FILE", "percentile budgets, contingency, breakdown, tornado", declare_run},
    {"check", "FILE", "read and check; print every input resolved", declare_check},
    {"compare", "A B ...", "scenarios side by side, draw by draw", declare_compare},
    {"levers", "FILE", "what each lever saves, and which to pull first", declare_levers},
    {"sensitivity", "FILE", "what moves the total, by one method or all", declare_sensitivity},
    {"solve", "FILE", "the value of an input that meets a budget", declare_solve},
    {"fit", "DATA.csv", "the distributions that fit a data column, ranked", declare_fit},
    {"track", "", "actual spend against the forecast", nullptr},
    {"plot", "FILE", "one chart as SVG, PNG or PDF", declare_plot},
    {"export", "FILE", "inputs and total for other tools", declare_export},
    {"distributions", "[NAME]", "the catalogue of distributions, or one page of it", declare_distributions},
    {"new", "[TEMPLATE]", "print a commented scenario to start from", declare_new},
}};

}  // namespace

std::span<const Command> commands() {
  return kCommands;
}

}  // namespace tcosim
