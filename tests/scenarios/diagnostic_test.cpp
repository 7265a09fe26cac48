#include "scenarios/diagnostic.hpp"

#include <gtest/gtest.h>

#include <rapidcheck/gtest.h>

#include <string>
#include <vector>

namespace tcosim {
namespace {

Diagnostic unknown_input() {
  return {Severity::error,
          {"support.yaml", 12, 18, 7},
          "unknown input 'gpu_rat'",
          "did you mean 'gpu_rate'?",
          "gpu_compute: x * gpu_rat"};
}

TEST(Diagnostic, ShowsPlaceLineCaretAndSuggestion) {
  EXPECT_EQ(format(unknown_input()),
            "support.yaml:12:18: error: unknown input 'gpu_rat'\n"
            "  gpu_compute: x * gpu_rat\n"
            "                   ^~~~~~~\n"
            "  did you mean 'gpu_rate'?");
}

TEST(Diagnostic, NamesItsSeverity) {
  EXPECT_EQ(format({Severity::warning, {"a.yaml", 3, 1, 1}, "unused input 'x'", "", ""}),
            "a.yaml:3:1: warning: unused input 'x'");
  EXPECT_EQ(format({Severity::note, {"a.yaml", 3, 1, 1}, "nothing under operations", "", ""}),
            "a.yaml:3:1: note: nothing under operations");
}

TEST(Diagnostic, OfAWholeFileHasNoLine) {
  EXPECT_EQ(format({Severity::error, {"a.yaml", 0, 0, 1}, "the file is empty", "", "never shown"}),
            "a.yaml: error: the file is empty");
  EXPECT_EQ(format({Severity::error, {"a.yaml", 4, 0, 1}, "wrong", "", ""}), "a.yaml:4: error: wrong");
}

TEST(Diagnostic, CountsColumnsInCharacters) {
  EXPECT_EQ(format({Severity::error, {"f", 1, 6, 1}, "m", "", "€é: x$"}), "f:1:6: error: m\n  €é: x$\n       ^");
}

TEST(Diagnostic, WideAndCombiningCharactersKeepTheCaretInPlace) {
  EXPECT_EQ(format({Severity::error, {"f", 1, 3, 1}, "m", "", "費用x"}), "f:1:3: error: m\n  費用x\n      ^");
  EXPECT_EQ(format({Severity::error, {"f", 1, 3, 1}, "m", "", "e\u0301x"}), "f:1:3: error: m\n  e\u0301x\n   ^");
}

TEST(Diagnostic, TabsAreShownAsOneBlank) {
  EXPECT_EQ(format({Severity::error, {"f", 1, 2, 1}, "m", "", "\tx"}), "f:1:2: error: m\n   x\n   ^");
}

TEST(Diagnostic, ClipsLongLinesAroundTheCaret) {
  const std::string line = std::string(200, 'a') + "X" + std::string(200, 'b');
  EXPECT_EQ(format({Severity::error, {"f", 1, 201, 1}, "m", "", line}),
            "f:1:201: error: m\n  ..." + std::string(60, 'a') + "X" + std::string(39, 'b') + "...\n" +
                std::string(65, ' ') + "^");
  EXPECT_EQ(format({Severity::error, {"f", 1, 1, 1}, "m", "", line}),
            "f:1:1: error: m\n  " + std::string(100, 'a') + "...\n  ^");
}

TEST(Diagnostic, ACaretMayStandBehindTheLine) {
  EXPECT_EQ(format({Severity::error, {"f", 1, 4, 1}, "m", "", "2 *"}), "f:1:4: error: m\n  2 *\n     ^");
  EXPECT_EQ(format({Severity::error, {"f", 1, 99, 9}, "m", "", "2 *"}), "f:1:99: error: m\n  2 *\n     ^");
  EXPECT_EQ(format({Severity::error, {"f", 1, 3, 50}, "m", "", "2 * x"}), "f:1:3: error: m\n  2 * x\n    ^~~");
}

TEST(Diagnostic, EscapeSequencesAndBrokenBytesDoNotReachTheTerminal) {
  EXPECT_EQ(format({Severity::error, {"f", 1, 1, 1}, "unknown '\x1b[31m'", "", "\xff\x1b"}),
            "f:1:1: error: unknown '\uFFFD[31m'\n  \uFFFD\uFFFD\n  ^");
}

TEST(Diagnostic, HasErrorsLooksPastWarnings) {
  Diagnostic warning = unknown_input();
  warning.severity = Severity::warning;
  EXPECT_FALSE(has_errors({}));
  EXPECT_FALSE(has_errors({warning}));
  EXPECT_TRUE(has_errors({warning, unknown_input()}));
}

TEST(Closest, FindsMisspeltNames) {
  const std::vector<std::string> names{"gpu_rate", "labeling_rate", "storage", "hour", "hours"};
  EXPECT_EQ(closest("gpu_rat", names), "gpu_rate");
  EXPECT_EQ(closest("gup_rate", names), "gpu_rate");
  EXPECT_EQ(closest("GPU_RATE", names), "gpu_rate");
  EXPECT_EQ(closest("labelling_rate", names), "labeling_rate");
  EXPECT_EQ(closest("hous", names), "hours");
  EXPECT_EQ(closest("salary", names), "");
  EXPECT_EQ(closest("x", names), "");
  EXPECT_EQ(closest("", names), "");
  EXPECT_EQ(closest("x", {}), "");
}

TEST(Closest, AllowsAThirdOfTheWordToDiffer) {
  EXPECT_EQ(closest("abcdef", {"abcdxy"}), "abcdxy");
  EXPECT_EQ(closest("abcdef", {"abcxyz"}), "");
  EXPECT_EQ(closest("abcde", {"abcxy"}), "");
  EXPECT_EQ(closest("ba", {"ab"}), "");
  EXPECT_EQ(closest("bac", {"abc"}), "abc");
}

RC_GTEST_PROP(DiagnosticProperty, AnyTextFormatsToCleanLines, (const std::string& line, const std::string& message)) {
  const int column = *rc::gen::inRange(-5, 300);
  const int length = *rc::gen::inRange(-5, 300);
  const std::string text = format({Severity::error, {"f", 1, column, length}, message, "", line});
  for (const char c : text) RC_ASSERT(c == '\n' || static_cast<unsigned char>(c) >= 0x20);
}

}  // namespace
}  // namespace tcosim
