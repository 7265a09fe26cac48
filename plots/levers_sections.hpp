// The sections of the page of `levers`, each with its heading and no blank line after it; empty where there is nothing
// to show. Shared out over two files; render_levers() joins them.
// Internal to plots.
#pragma once

#include <string>
#include <vector>

#include "plots/text.hpp"
#include "sim/levers/result.hpp"

namespace tcosim::text {

/// How amounts of one result are written.
struct LeverMoney {
  int decimals = 0;
  std::string unit;

  explicit LeverMoney(const LeversResult& result);
  [[nodiscard]] std::string amount(double value) const;
  [[nodiscard]] std::string operator()(double value) const;
};

/// "lora, spot and ci_gates", printable.
[[nodiscard]] std::string listed(const std::vector<std::string>& names);
[[nodiscard]] bool contains(const std::vector<std::string>& names, const std::string& name);
/// Those of `names` that are not among `others`.
[[nodiscard]] std::vector<std::string> without(const std::vector<std::string>& names,
                                               const std::vector<std::string>& others);
/// What money spent on levers brings back: "5.2x".
[[nodiscard]] std::string times(double per_cost);

[[nodiscard]] std::string render_alone(const LeversResult& result, const LeverMoney& money, const TerminalStyle& style);
[[nodiscard]] std::string render_budget_effects(const LeversResult& result, const LeverMoney& money,
                                                const TerminalStyle& style);
[[nodiscard]] std::string render_credits(const LeversResult& result, const LeverMoney& money,
                                         const TerminalStyle& style);
[[nodiscard]] std::string render_best(const LeversResult& result, const LeverMoney& money, const TerminalStyle& style);
[[nodiscard]] std::string render_frontier(const LeversResult& result, const LeverMoney& money,
                                          const TerminalStyle& style);

}  // namespace tcosim::text
