// The words of the scenario format, version 1: which keys each section has, which names are taken.
// From the scenario format; the JSON Schema for editors is held to these tables by a test.
// Promises one place for every key: a reader that looks for a key not listed here is wrong.
#pragma once

#include <array>
#include <span>
#include <string_view>

namespace tcosim::words {

inline constexpr std::array<std::string_view, 17> kFileKeys{
    "tcosim", "title", "currency", "horizon",      "start",  "import", "units",       "categories", "inputs",
    "costs",  "risks", "outputs",  "correlations", "groups", "levers", "contingency", "run"};
inline constexpr std::array<std::string_view, 3> kImportKeys{"file", "names", "units"};
inline constexpr std::array<std::string_view, 8> kInputKeys{"value",  "base",  "label", "note",
                                                            "source", "owner", "tags",  "override"};
inline constexpr std::array<std::string_view, 10> kLineKeys{"formula", "items", "category", "when",  "spend",
                                                            "label",   "note",  "source",   "owner", "tags"};
inline constexpr std::array<std::string_view, 9> kItemKeys{"formula", "category", "when",  "spend", "label",
                                                           "note",    "source",   "owner", "tags"};
inline constexpr std::array<std::string_view, 10> kRiskKeys{"probability", "frequency", "impact", "category", "when",
                                                            "label",       "note",      "source", "owner",    "tags"};
inline constexpr std::array<std::string_view, 6> kOutputKeys{"formula", "label", "note", "source", "owner", "tags"};
inline constexpr std::array<std::string_view, 6> kCorrelationKeys{"inputs", "rank",   "pearson",
                                                                  "matrix", "copula", "repair"};
inline constexpr std::array<std::string_view, 12> kLeverKeys{"set",      "scale", "add",  "remove", "cost",  "requires",
                                                             "excludes", "label", "note", "source", "owner", "tags"};
inline constexpr std::array<std::string_view, 2> kChangeKeys{"value", "base"};  // of an input, by a lever
inline constexpr std::array<std::string_view, 5> kContingencyKeys{"base", "targets", "headline", "flat", "budgets"};
inline constexpr std::array<std::string_view, 3> kRunKeys{"draws", "seed", "sampling"};

/// Keys that later versions read; refused by name, never ignored.
inline constexpr std::array<std::string_view, 9> kLaterKeys{"spread",     "growth",   "phases",  "after", "step",
                                                            "escalation", "discount", "actuals", "series"};

inline constexpr std::array<std::string_view, 10> kCategories{
    "training",   "data",         "labor", "infrastructure", "inference",
    "operations", "depreciation", "risk",  "opportunity",    "retirement"};

struct CategoryQuestion {
  std::string_view category, question;
};
/// What `check` asks of a scenario without a line in one of the first eight categories.
inline constexpr std::array<CategoryQuestion, 8> kCategoryQuestions{{
    {"training", "GPU time, failed runs, experiments?"},
    {"data", "collection, labeling, storage, egress?"},
    {"labor", "engineers, reviewers, management?"},
    {"infrastructure", "CI, networking, licences?"},
    {"inference", "serving, autoscaling headroom?"},
    {"operations", "monitoring, on-call, audits?"},
    {"depreciation", "hardware of your own?"},
    {"risk", "outages, leaks, rework?"},
}};

/// Names with a meaning of their own; no input, line, risk, output, group or lever may have them.
inline constexpr std::array<std::string_view, 6> kTakenNames{"total", "subtotal", "horizon", "month", "end", "pi"};

inline constexpr std::array<std::string_view, 4> kBaseRules{"declared", "mode", "median", "mean"};
inline constexpr std::array<std::string_view, 3> kSamplings{"mc", "lhs", "sobol"};
inline constexpr std::array<std::string_view, 2> kSpends{"once", "recurring"};

}  // namespace tcosim::words
