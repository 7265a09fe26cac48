// One row a command: its name, what it does, and how it declares its options.
// A new command is one file and one row in commands.cpp; with that it is in the help and in suggestions.
// `declare` adds options to the parser and returns what runs once they are filled.
#pragma once

#include <functional>
#include <span>
#include <string_view>

#include "cli/console.hpp"

namespace CLI {
class App;
}

namespace tcosim {

/// Runs a command; returns the exit status. Throws UsageError and RunFailure.
using Action = std::function<int(const Console&)>;

struct Command {
  const char* name;
  const char* arguments;  ///< for the help: "FILE"
  const char* summary;
  Action (*declare)(CLI::App&);  ///< null: known, not supported yet
};

/// In the order of the help.
[[nodiscard]] std::span<const Command> commands();

[[nodiscard]] Action declare_run(CLI::App& app);
[[nodiscard]] Action declare_check(CLI::App& app);
[[nodiscard]] Action declare_distributions(CLI::App& app);
[[nodiscard]] Action declare_new(CLI::App& app);
[[nodiscard]] Action declare_compare(CLI::App& app);
[[nodiscard]] Action declare_fit(CLI::App& app);
[[nodiscard]] Action declare_export(CLI::App& app);
[[nodiscard]] Action declare_levers(CLI::App& app);
[[nodiscard]] Action declare_sensitivity(CLI::App& app);
[[nodiscard]] Action declare_solve(CLI::App& app);
[[nodiscard]] Action declare_plot(CLI::App& app);

}  // namespace tcosim
