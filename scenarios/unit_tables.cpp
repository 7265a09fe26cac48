#include "scenarios/unit_tables.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace tcosim {

std::span<const MeasureRow> measure_rows() {
  static constexpr auto kRows = std::to_array<MeasureRow>({
      {"second sec", "s", 1, "", Prefixes::none},
      {"millisecond", "ms", 1e-3, "second", Prefixes::none},
      {"microsecond", "us", 1e-6, "second", Prefixes::none},
      {"nanosecond", "ns", 1e-9, "second", Prefixes::none},
      {"minute min", "", 60, "second", Prefixes::none},
      {"hour hr", "h", 60, "minute", Prefixes::none},
      {"day", "d", 24, "hour", Prefixes::none},
      {"week wk", "", 7, "day", Prefixes::none},
      {"month mo", "", 730, "hour", Prefixes::none},
      {"quarter qtr", "", 3, "month", Prefixes::none},
      {"year yr annum", "", 365, "day", Prefixes::none},
      {"byte", "B", 1, "", Prefixes::data},
      {"bit", "", 0.125, "byte", Prefixes::data},
      {"joule", "J", 1, "", Prefixes::decimal},
      {"watt", "W", 1, "joule/second", Prefixes::decimal},
      {"watthour", "Wh", 3600, "joule", Prefixes::decimal},
      {"meter metre", "m", 1, "", Prefixes::decimal},
      {"gram", "g", 1, "", Prefixes::decimal},
      {"percent pct", "", 0.01, "1", Prefixes::none},
      {"dozen", "", 12, "1", Prefixes::none},
  });
  return kRows;
}

std::span<const std::string_view> count_names() {
  static constexpr auto kNames = std::to_array<std::string_view>({
      "adapter",    "agent",        "alert",     "annotation", "answer",     "audit",      "batch",
      "build",      "call",         "change",    "channel",    "character",  "chat",       "checkpoint",
      "chip",       "chunk",        "cluster",   "connection", "container",  "contract",   "conversation",
      "core",       "course",       "cpu",       "customer",   "dataset",    "deployment", "developer",
      "device",     "disk",         "document",  "drive",      "email",      "embedding",  "employee",
      "endpoint",   "engineer",     "epoch",     "error",      "evaluation", "event",      "example",
      "experiment", "failure",      "feature",   "file",       "frame",      "fte",        "gpu",
      "group",      "image",        "incident",  "inference",  "instance",   "invoice",    "item",
      "iteration",  "job",          "label",     "licence",    "license",    "link",       "machine",
      "meeting",    "message",      "migration", "model",      "node",       "object",     "order",
      "outage",     "page",         "parameter", "part",       "person",     "pipeline",   "pod",
      "port",       "prediction",   "product",   "project",    "prompt",     "query",      "question",
      "rack",       "record",       "region",    "release",    "replica",    "report",     "request",
      "response",   "retry",        "review",    "row",        "run",        "sample",     "seat",
      "sentence",   "server",       "service",   "session",    "shift",      "site",       "socket",
      "step",       "subscription", "switch",    "table",      "task",       "team",       "tenant",
      "test",       "thread",       "ticket",    "token",      "tpu",        "training",   "transaction",
      "trial",      "trip",         "unit",      "update",     "user",       "vcpu",       "vector",
      "vendor",     "version",      "video",     "vm",         "volume",     "word",       "worker",
      "workflow",   "workload",
  });
  return kNames;
}

std::span<const Prefix> unit_prefixes() {
  static constexpr auto kPrefixes = std::to_array<Prefix>({
      {"Ki", "kibi", 1024.0, true},
      {"Mi", "mebi", 1048576.0, true},
      {"Gi", "gibi", 1073741824.0, true},
      {"Ti", "tebi", 1099511627776.0, true},
      {"Pi", "pebi", 1125899906842624.0, true},
      {"k", "kilo", 1e3, false},
      {"K", "", 1e3, true},  // KB, as many write kB; not for counts or money
      {"M", "mega", 1e6, false},
      {"G", "giga", 1e9, false},
      {"T", "tera", 1e12, false},
      {"P", "peta", 1e15, false},
  });
  return kPrefixes;
}

std::string_view currency_of_word(std::string_view folded_word) {
  constexpr auto kWords = std::to_array<std::pair<std::string_view, std::string_view>>({
      {"dollar", "USD"},
      {"dollars", "USD"},
      {"bucks", "USD"},
      {"euro", "EUR"},
      {"euros", "EUR"},
      {"pound", "GBP"},
      {"pounds", "GBP"},
      {"yen", "JPY"},
      {"rupee", "INR"},
      {"rupees", "INR"},
      {"yuan", "CNY"},
      {"rmb", "CNY"},
      {"franc", "CHF"},
      {"francs", "CHF"},
      {"won", "KRW"},
  });
  const auto* found = std::find_if(kWords.begin(), kWords.end(), [&](const auto& w) { return w.first == folded_word; });
  return found == kWords.end() ? "" : found->second;
}

}  // namespace tcosim
