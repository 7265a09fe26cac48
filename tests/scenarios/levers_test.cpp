// The section `levers:`: what each changes, and that a file with levers pulled is the file with the changes written in.
#include <gtest/gtest.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "read_text.hpp"
#include "scenarios/variants.hpp"

namespace tcosim {
namespace {

const std::string kInputs =
    "inputs:\n  hours: {value: \"pert(100, 150, 260) hour\", base: 160}\n  rate: triangular(22, 30, 45) USD/hour\n"
    "  runs: 1 + poisson(3) run\n  fee: 20 to 30 USD/run\n  discount: 0.9\n";
const std::string kCosts =
    "costs:\n  work: {category: labor, formula: hours * rate}\n  fees: {category: training, formula: runs * fee}\n"
    "  parts: {category: data, items: {one: 100 USD, two: 5 to 9 USD}}\n"
    "  tax: {category: labor, formula: 10% * (work + fees)}\n";
const std::string kRisks = "risks:\n  leak: {probability: 5%, impact: 2k to 8k USD}\noutputs:\n  share: discount * 2\n";

std::string file(const std::string& levers, const std::string& more = "") {
  return six_months(kInputs + kCosts + kRisks + more + (levers.empty() ? "" : "levers:\n" + levers));
}

Scenario with(const std::string& levers, std::vector<std::string> names, const std::string& more = "") {
  return scenario_of(file(levers, more), {{}, {}, {}, std::move(names)});
}

const Input& input_of(const Scenario& scenario, const std::string& name) {
  return *std::ranges::find_if(scenario.inputs, [&](const Input& input) { return input.name == name; });
}
const Line& line_of(const Scenario& scenario, const std::string& name) {
  return *std::ranges::find_if(scenario.lines, [&](const Line& line) { return line.name == name; });
}
double base_of(const Scenario& scenario, const std::string& line) {
  const BaseEstimate base = base_estimate(scenario, BaseRule::declared);
  return base.lines[static_cast<std::size_t>(&line_of(scenario, line) - scenario.lines.data())];
}
bool draws_from(const Scenario& scenario, const std::string& stream) {
  return std::ranges::any_of(scenario.variables, [&](const Variable& v) { return v.stream == stream; });
}
std::string with_message(const std::string& levers, std::vector<std::string> names, ReadOptions options = {}) {
  options.with = std::move(names);
  return messages(read_text(file(levers), options));
}

/// Everything that a simulation sees of both but the names of streams, and of lines for which `same_lines` holds.
void expect_same(const Scenario& pulled, const Scenario& written) {
  ASSERT_EQ(pulled.variables.size(), written.variables.size());
  for (std::size_t i = 0; i < written.variables.size(); ++i)
    EXPECT_EQ(pulled.variables[i].distribution, written.variables[i].distribution) << written.variables[i].stream;
  ASSERT_EQ(pulled.inputs.size(), written.inputs.size());
  for (std::size_t i = 0; i < written.inputs.size(); ++i) {
    EXPECT_EQ(pulled.inputs[i].formula, written.inputs[i].formula) << written.inputs[i].name;
    EXPECT_EQ(pulled.inputs[i].unit, written.inputs[i].unit) << written.inputs[i].name;
    EXPECT_EQ(pulled.inputs[i].declared_base, written.inputs[i].declared_base) << written.inputs[i].name;
  }
  ASSERT_EQ(pulled.lines.size(), written.lines.size());
  for (std::size_t i = 0; i < written.lines.size(); ++i) {
    EXPECT_EQ(pulled.lines[i].formula, written.lines[i].formula) << written.lines[i].name;
    EXPECT_EQ(pulled.lines[i].monthly_share, written.lines[i].monthly_share) << written.lines[i].name;
    EXPECT_EQ(pulled.lines[i].category, written.lines[i].category);
  }
  for (const BaseRule rule : {BaseRule::declared, BaseRule::mode, BaseRule::median, BaseRule::mean})
    EXPECT_EQ(base_estimate(pulled, rule).total, base_estimate(written, rule).total);
}

std::string replaced(std::string text, const std::string& what, const std::string& by) {
  return text.replace(text.find(what), what.size(), by);
}

TEST(Levers, ThatSetAnInputAreAsIfTheFileHadTheValue) {
  const Scenario pulled = with("  fast: {set: {hours: 40 to 90}}\n", {"fast"});
  expect_same(pulled,
              scenario_of(replaced(file(""), "{value: \"pert(100, 150, 260) hour\", base: 160}", "40 to 90 hour")));
  EXPECT_TRUE(draws_from(pulled, "lever/fast/hours"));
  EXPECT_FALSE(draws_from(pulled, "hours"));
  EXPECT_EQ(input_of(pulled, "hours").text, "40 to 90");
  EXPECT_EQ(pulled.pulled, 1U);
}

TEST(Levers, MaySetABaseToo) {
  const Scenario pulled = with("  fast: {set: {hours: {value: 40 to 90, base: 60}}}\n", {"fast"});
  expect_same(pulled,
              scenario_of(replaced(file(""), "\"pert(100, 150, 260) hour\", base: 160", "40 to 90 hour, base: 60")));
}

TEST(Levers, MaySetAnInputToAFormulaOfOthersInAnotherUnit) {
  const Scenario pulled = with("  fast: {set: {hours: runs * 2 day/run}}\n", {"fast"});
  const std::string text =
      replaced(file(""), "  hours: {value: \"pert(100, 150, 260) hour\", base: 160}", "  hours: runs * 2 day/run");
  const Scenario written = scenario_of(text);
  EXPECT_EQ(base_estimate(pulled, BaseRule::declared).total, base_estimate(written, BaseRule::declared).total);
  EXPECT_EQ(base_of(pulled, "work"), 4 * 48 * 30.0);
}

TEST(Levers, ThatScaleMultiplyTheValueAndTheDeclaredBase) {
  const Scenario pulled = with("  less: {scale: {hours: \"triangular(0.35, 0.45, 0.7)\"}}\n", {"less"});
  expect_same(pulled, scenario_of(replaced(file(""), "\"pert(100, 150, 260) hour\", base: 160",
                                           "\"pert(100, 150, 260) hour * triangular(0.35, 0.45, 0.7)\", base: 72")));
  EXPECT_TRUE(draws_from(pulled, "hours"));
  EXPECT_TRUE(draws_from(pulled, "lever/less/hours"));
  EXPECT_EQ(input_of(pulled, "hours").text, "pert(100, 150, 260) hour, times triangular(0.35, 0.45, 0.7)");
}

TEST(Levers, ScaleADeclaredBaseByTheMedianWhereThereIsNoMode) {
  const Scenario pulled = with("  less: {scale: {hours: \"uniform(0.4, 0.6)\"}}\n", {"less"});
  EXPECT_DOUBLE_EQ(*input_of(pulled, "hours").declared_base, 80);
}

TEST(Levers, ScaleADeclaredBaseByWhatInputsAreAtTheBase) {
  const Scenario pulled = with("  less: {scale: {hours: discount * runs / 8 run}}\n", {"less"});
  EXPECT_DOUBLE_EQ(*input_of(pulled, "hours").declared_base, 160 * 0.9 * 0.5);
}

TEST(Levers, MayStateWhatAScaleIsAtTheBase) {
  const Scenario pulled = with(
      "  less: {scale: {hours: {value: \"uniform(0, 1)\", base: 0.25}, rate: {value: \"uniform(0, 1)\", base: 10%}}}\n",
      {"less"});
  EXPECT_DOUBLE_EQ(*input_of(pulled, "hours").declared_base, 40);
  EXPECT_DOUBLE_EQ(*input_of(pulled, "rate").declared_base, 3);  // of the mode, 30
}

TEST(Levers, SetBeforeTheyScaleInWhateverOrder) {
  const std::string levers = "  less: {scale: {hours: 0.5}}\n  fast: {set: {hours: 60 to 80}}\n";
  const Scenario pulled = with(levers, {"fast", "less"});
  expect_same(pulled, scenario_of(replaced(file(""), "{value: \"pert(100, 150, 260) hour\", base: 160}",
                                           "(60 to 80) hour * 0.5")));
}

TEST(Levers, NumberTheStreamsOfTheirFurtherCalls) {
  const Scenario pulled = with(
      "  fast: {set: {hours: \"(60 to 80) hour + pert(1, 2, 3) hour\"}, scale: {hours: 0.5 to 0.7}}\n"
      "  less: {scale: {hours: 0.5 to 0.7}}\n",
      {"fast", "less"}, "");
  for (const char* stream : {"lever/fast/hours", "lever/fast/hours#2", "lever/fast/hours#3", "lever/less/hours"})
    EXPECT_TRUE(draws_from(pulled, stream)) << stream;
}

TEST(Levers, LeaveTheStreamsOfWhatTheyDoNotTouch) {
  const std::string levers =
      "  all: {set: {hours: 40 to 90}, scale: {fee: 0.5}, add: {more: {category: data, formula: 5 to 9 USD}}, "
      "remove: parts.one, cost: 500 to 900 USD}\n";
  const Scenario off = scenario_of(file(levers)), on = with(levers, {"all"});
  for (const Variable& variable : off.variables) {
    if (variable.stream == "hours") continue;
    EXPECT_TRUE(std::ranges::any_of(on.variables, [&](const Variable& v) {
      return v.stream == variable.stream && v.distribution == variable.distribution;
    })) << variable.stream;
  }
  EXPECT_EQ(on.variables.size(), off.variables.size() + 2);  // of the added line and the cost
}

TEST(Levers, AddLinesBehindThoseOfTheFile) {
  const Scenario pulled = with(
      "  more:\n    add:\n      review: {category: labor, formula: hours * 5 USD/hour + work, when: months 2 to 3}\n"
      "      tools: {category: operations, items: {licence: 20 USD/month}}\n",
      {"more"});
  ASSERT_EQ(pulled.lines.size(), 10U);
  EXPECT_EQ(pulled.lines[7].name, "review");
  EXPECT_EQ(pulled.lines[7].first_month, 2);
  EXPECT_EQ(pulled.lines[9].name, "tools.licence");
  EXPECT_EQ(pulled.lines[9].parent, 8U);
  EXPECT_EQ(base_of(pulled, "tools"), 120);
  EXPECT_EQ(base_of(pulled, "review"), 160 * 5 + 160 * 30);
  EXPECT_FALSE(read_text(file("  more: {cost: 5 USD}\n")).scenario->lines.size() > 7);
}

TEST(Levers, RemoveLinesThatKeepTheirPlaceAndCountNothing) {
  const Scenario pulled = with("  out: {remove: [fees, parts.one, leak]}\n", {"out"});
  EXPECT_EQ(pulled.lines.size(), 7U);
  EXPECT_EQ(base_of(pulled, "fees"), 0);
  EXPECT_DOUBLE_EQ(base_of(pulled, "tax"), 480);  // 10% of work, and of fees that are nothing
  EXPECT_EQ(line_of(pulled, "fees").spend_text, "removed by lever 'out'");
  EXPECT_EQ(line_of(pulled, "parts").spend_text, "");
  EXPECT_FALSE(line_of(pulled, "leak").risk_variable);
  EXPECT_FALSE(draws_from(pulled, "risk/leak"));
}

TEST(Levers, RemoveALineWithItsItems) {
  const Scenario pulled = with("  out: {remove: parts}\n", {"out"});
  EXPECT_EQ(base_of(pulled, "parts"), 0);
  EXPECT_EQ(line_of(pulled, "parts.two").spend_text, "removed by lever 'out'");
  EXPECT_FALSE(draws_from(pulled, "line/parts.two#1"));
}

TEST(Levers, CostALineOfTheirNameInOperations) {
  const Scenario pulled = with("  fast: {cost: 500 to 900 USD, label: Faster, tags: [tools]}\n", {"fast"});
  const Line& line = line_of(pulled, "fast");
  EXPECT_EQ(line.category, "operations");
  EXPECT_EQ(line.annotation.label, "Faster");
  EXPECT_EQ(line.annotation.tags, std::vector<std::string>{"tools"});
  EXPECT_TRUE(draws_from(pulled, "line/fast#1"));
  EXPECT_GT(base_of(pulled, "fast"), 600);
}

TEST(Levers, MayCostLikeAnyOtherLine) {
  const Scenario pulled = with(
      "  fast: {cost: {category: labor, formula: 100 USD/month, when: months 1 to 2, spend: recurring}}\n", {"fast"});
  EXPECT_EQ(line_of(pulled, "fast").category, "labor");
  EXPECT_EQ(base_of(pulled, "fast"), 200);
}

TEST(Levers, AreAllListedWhateverIsPulled) {
  const std::string levers =
      "  a: {set: {hours: 50 hour}, cost: 5 USD, note: why}\n  b: {scale: {rate: 0.9}, requires: a}\n"
      "  c: {set: {hours: 60}, excludes: d}\n  d: {remove: parts, requires: b}\n";
  for (const std::vector<std::string>& names : {std::vector<std::string>{}, {"a", "b"}}) {
    const Scenario scenario = with(levers, names);
    ASSERT_EQ(scenario.levers.size(), 4U);
    EXPECT_EQ(scenario.pulled, names.empty() ? 0U : 3U);
    EXPECT_EQ(scenario.levers[0].sets, std::vector<std::string>{"hours"});
    EXPECT_EQ(scenario.levers[0].set_texts, std::vector<std::string>{"50 hour"});
    EXPECT_EQ(scenario.levers[0].cost_text, "5 USD");
    EXPECT_EQ(scenario.levers[0].annotation.note, "why");
    EXPECT_EQ(scenario.levers[1].needs, 1U);
    EXPECT_EQ(scenario.levers[3].needs, 3U);     // what b needs, too
    EXPECT_EQ(scenario.levers[0].excludes, 4U);  // both set hours
    EXPECT_EQ(scenario.levers[2].excludes, 9U);
    EXPECT_EQ(scenario.levers[3].removes, std::vector<std::string>{"parts"});
  }
}

TEST(Levers, MayRequireEachOther) {
  const Scenario scenario = with("  a: {cost: 5 USD, requires: b}\n  b: {cost: 6 USD, requires: a}\n", {"a", "b"});
  EXPECT_EQ(scenario.levers[0].needs, 2U);
  EXPECT_EQ(scenario.levers[1].needs, 1U);
  EXPECT_FALSE(is_possible(scenario.levers, 1));
  EXPECT_TRUE(is_possible(scenario.levers, 3));
  EXPECT_TRUE(is_possible(scenario.levers, 0));
}

TEST(Levers, ThatAreUnknownOrImpossibleTogetherAreErrorsOfTheOption) {
  const std::string levers =
      "  lora: {set: {hours: 50 hour}}\n  spot: {scale: {rate: 0.9}, requires: lora}\n  other: {set: {hours: 60 "
      "hour}}\n"
      "  never: {cost: 5 USD, excludes: lora}\n";
  EXPECT_EQ(with_message(levers, {"lara"}), "--with: error: unknown lever 'lara'\n  did you mean 'lora'?\n");
  EXPECT_EQ(with_message(levers, {"spot"}),
            "--with: error: lever 'spot' requires 'lora'\n  write '--with spot,lora'\n");
  EXPECT_EQ(
      with_message(levers, {"lora", "other"}),
      "--with: error: levers 'lora' and 'other' both set 'hours' and exclude each other\n  pull one of the two\n");
  EXPECT_EQ(with_message(levers, {"never", "lora"}),
            "--with: error: levers 'lora' and 'never' exclude each other\n  pull one of the two\n");
  EXPECT_EQ(with_message("", {"lora"}), "--with: error: unknown lever 'lora'\n  the file has no 'levers:'\n");
}

TEST(Levers, AndSettingsThatSayWhatOneInputIsAreAnError) {
  const std::string levers = "  lora: {set: {hours: 50 hour}}\n  less: {scale: {hours: 0.5}}\n";
  const ReadOptions set{{{"hours", "80"}}, {}, {}, {}};
  EXPECT_EQ(with_message(levers, {"lora"}, set),
            "--set hours: error: lever 'lora' sets 'hours' already\n  leave out the one or the other\n");
  EXPECT_EQ(with_message(levers, {}, set), "");
  ReadOptions scaled = set;
  scaled.with = {"less"};
  EXPECT_EQ(base_of(scenario_of(file(levers), scaled), "work"), 40 * 30.0);
}

TEST(Levers, MakeCertainParametersThatDistributionsAreMadeOf) {
  const std::string text = six_months(
      "inputs:\n  size: 100\n  jobs: normal(size, 5)\ncosts:\n  work: {category: labor, formula: jobs * 1 USD}\n"
      "levers:\n  big: {set: {size: 200}}\n");
  EXPECT_EQ(base_total(text), 100);
  EXPECT_EQ(base_total(text, {{}, {}, {}, {"big"}}), 200);
}

TEST(Levers, UseInputsOfTheirOwnAndThoseThatOnlyTheFileWithoutThemUses) {
  const std::string text = six_months(
      "inputs:\n  old: 5 USD\n  new: 3 USD\n  price: old * 2\n  saving: 0.5\n  extra: 7 USD\n  idle: 1 USD\n"
      "costs:\n  work: {category: labor, formula: price}\n"
      "levers:\n  swap: {set: {price: new}, scale: {price: saving}, cost: extra}\n");
  const std::string warning = "test.yaml:10:3: warning: input 'idle' is not used by any cost, risk or output\n";
  for (const std::vector<std::string>& names : {std::vector<std::string>{}, {"swap"}}) {
    const std::string found = messages(read_text(text, {{}, {}, {}, names}));
    EXPECT_EQ(found.substr(0, warning.size()), warning);
    EXPECT_EQ(std::ranges::count(found, '\n'), 3) << found;
  }
}

TEST(Levers, KeepTheCorrelationOfWhatTheyScaleAndTakeThePlaceOfWhatTheySet) {
  const std::string more = "correlations:\n  - {inputs: [hours, runs], rank: 0.5}\n";
  const std::string levers = "  less: {scale: {hours: 0.5 to 0.7}}\n  fast: {set: {hours: 40 to 90}}\n";
  const Scenario off = with(levers, {}, more), less = with(levers, {"less"}, more), fast = with(levers, {"fast"}, more);
  ASSERT_EQ(less.correlation_groups.size(), 1U);
  ASSERT_EQ(fast.correlation_groups.size(), 1U);
  EXPECT_EQ(less.variables[less.correlation_groups[0].variables[1]].stream, "hours");
  EXPECT_EQ(fast.variables[fast.correlation_groups[0].variables[1]].stream, "lever/fast/hours");
  EXPECT_EQ(less.correlation_groups[0].copula.factor, off.correlation_groups[0].copula.factor);
}

TEST(Levers, DropTheCorrelationsOfWhatTheyMakeCertainOrRemove) {
  const std::string more = "correlations:\n  - {inputs: [hours, leak], rank: 0.5}\n";
  const std::string levers = "  sure: {set: {hours: 80}}\n  safe: {remove: leak}\n";
  for (const char* lever : {"sure", "safe"}) {
    const ReadResult result = read_text(file(levers, more), {{}, {}, {}, {lever}});
    EXPECT_EQ(messages(result), "");
    EXPECT_TRUE(result.scenario->correlation_groups.empty());
  }
}

std::vector<std::string> streams_of(const Scenario& scenario, const CorrelationGroup& group) {
  std::vector<std::string> streams;
  for (const std::uint32_t variable : group.variables) streams.push_back(scenario.variables[variable].stream);
  return streams;
}

TEST(Levers, PutWhatTheyReplaceOrRemoveLastInItsCorrelationsWhateverIsPulled) {
  const std::string more = "correlations:\n  - {inputs: [hours, leak, runs, rate], rank: 0.3}\n";
  const std::string levers =
      "  fast: {set: {hours: 40 to 90}}\n  safe: {remove: leak}\n  cheap: {scale: {runs: 0.5, rate: 0.5}}\n";
  using Streams = std::vector<std::string>;
  const std::vector<std::pair<Streams, Streams>> expected{{{}, {"runs", "rate", "hours", "risk/leak"}},
                                                          {{"cheap"}, {"runs", "rate", "hours", "risk/leak"}},
                                                          {{"fast"}, {"runs", "rate", "lever/fast/hours", "risk/leak"}},
                                                          {{"safe"}, {"runs", "rate", "hours"}}};
  for (const auto& [names, streams] : expected) {
    const Scenario scenario = with(levers, names, more);
    ASSERT_EQ(scenario.correlation_groups.size(), 1U);
    EXPECT_EQ(streams_of(scenario, scenario.correlation_groups[0]), streams);
  }
}

std::string notes_of(const ReadResult& result) {
  std::string out;
  for (const Diagnostic& diagnostic : result.diagnostics)
    if (diagnostic.severity == Severity::note && diagnostic.span.line > 0) out += diagnostic.message + "\n";
  return out;
}

TEST(Levers, NoteOnceWhatTheyDoToCorrelations) {
  const std::string more =
      "correlations:\n  - {inputs: [hours, runs], rank: 0.5}\n  - {inputs: [hours, rate], rank: 0.2}\n";
  const std::string levers =
      "  sure: {set: {hours: 80}}\n  less: {scale: {hours: 0.5 to 0.7}}\n  half: {scale: {hours: 0.5}}\n";
  for (const std::vector<std::string>& names : {std::vector<std::string>{}, {"sure"}, {"less", "half"}}) {
    EXPECT_EQ(notes_of(read_text(file(levers, more), {{}, {}, {}, names})),
              "'hours' is certain with this lever, and its correlations are left out\n"
              "'hours' is correlated, and this varies by itself: with the lever the correlations of 'hours' come out "
              "weaker\n");
  }
}

TEST(Levers, OfAFileWithoutCurrencyCostPlainNumbers) {
  const std::string text =
      plain("inputs:\n  x: uniform(0, 1)\ncosts:\n  y: x * 10\nlevers:\n  half: {scale: {x: 0.5}, cost: 3}\n");
  EXPECT_EQ(base_total(text), 5);
  EXPECT_EQ(base_total(text, {{}, {}, {}, {"half"}}), 5.5);
  EXPECT_EQ(scenario_of(text, {{}, {}, {}, {"half"}}).lines.back().category, "");
}

TEST(Levers, ThatSetAnInputMayReverseWhatItIsMadeOf) {
  const std::string text = six_months(
      "inputs:\n  a: b * 2\n  b: 5 USD\ncosts:\n  work: {category: labor, formula: a + b}\n"
      "levers:\n  turn: {set: {b: 3 USD, a: 1 USD}}\n  round: {set: {a: 8 USD, b: a * 3}}\n");
  EXPECT_EQ(base_total(text), 15);
  EXPECT_EQ(base_total(text, {{}, {}, {}, {"turn"}}), 4);
  EXPECT_EQ(base_total(text, {{}, {}, {}, {"round"}}), 32);
}

}  // namespace
}  // namespace tcosim
