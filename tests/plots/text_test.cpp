#include "plots/text.hpp"

#include <gtest/gtest.h>

#include "plots/table.hpp"

#include <rapidcheck/gtest.h>

namespace tcosim::text {
namespace {

constexpr TerminalStyle kAscii{60, false, false};
constexpr TerminalStyle kUnicode{60, true, false};
constexpr TerminalStyle kColour{60, true, true};

TEST(Printable, EscapesControlCharacters) {
  EXPECT_EQ(printable("a\x1b[31mb"), "a\\x1b[31mb");
  EXPECT_EQ(printable("a\nb\tc\x7f"), "a\\x0ab\\x09c\\x7f");
  EXPECT_EQ(printable("\xc2\x9b"), "\\x9b");  // the one-byte CSI of 8-bit terminals
}

TEST(Printable, EscapesDirectionOverrides) {
  EXPECT_EQ(printable("a\u202eb"), "a\\u202eb");
}

TEST(Printable, KeepsOtherUtf8AndEscapesWhatIsNot) {
  EXPECT_EQ(printable("Köln 中 €"), "Köln 中 €");
  EXPECT_EQ(printable("a\xff"
                      "b\xc3"),
            "a\\xffb\\xc3");
}

RC_GTEST_PROP(Printable, LeavesNoControlCharacterOfAnyBytes, (const std::string& bytes)) {
  for (const char c : printable(bytes)) RC_ASSERT(static_cast<unsigned char>(c) >= 0x20 && c != 0x7f);
}

TEST(Clip, CountsCodePoints) {
  EXPECT_EQ(clip("Köln", 4, kAscii), "Köln");
  EXPECT_EQ(clip("Kölner", 4, kAscii), "Köl~");
  EXPECT_EQ(clip("Kölner", 4, kUnicode), "Köl…");
  EXPECT_EQ(clip("abc", 0, kAscii), "");
}

TEST(Wrap, BreaksBetweenWords) {
  EXPECT_EQ(wrap("one two three", "  ", {9, false, false}), "  one two\n  three\n");
  EXPECT_EQ(wrap("extraordinarily long", "", {5, false, false}), "extraordinarily\nlong\n");
  EXPECT_EQ(wrap("", "", kAscii), "\n");
}

TEST(Bar, IsProportional) {
  EXPECT_EQ(bar(0.5, 8, kAscii), "####");
  EXPECT_EQ(bar(0.53125, 8, kUnicode), "████▎");
  EXPECT_EQ(bar(7, 3, kAscii), "###");
  EXPECT_EQ(bar(-1, 3, kAscii), "");
}

TEST(Sparkline, ShowsEachHeightByOneCharacter) {
  EXPECT_EQ(sparkline({0, 0.01, 0.5, 1}, kUnicode), " ▁▅█");
  EXPECT_EQ(sparkline({0, 0.01, 0.5, 1}, kAscii), " .=#");
}

TEST(ColumnChart, StandsOnItsLowestRow) {
  EXPECT_EQ(column_chart({1, 0.5, 0.25, 0}, 2, kAscii), (std::vector<std::string>{"#   ", "##. "}));
}

TEST(ColumnChart, ShowsWhatIsSmallButThere) {
  EXPECT_EQ(column_chart({1, 1e-6}, 2, kUnicode), (std::vector<std::string>{"█ ", "█▁"}));
}

TEST(Paint, IsPlainWithoutColour) {
  EXPECT_EQ(paint("x", Ink::bad, kUnicode), "x");
  EXPECT_EQ(paint("x", Ink::bad, kColour), "\x1b[31mx\x1b[0m");
}

TEST(Table, AlignsNumbersRightAndLeavesNoTrailingBlanks) {
  EXPECT_EQ(
      render_table({{"", false}, {"Mean"}, {"", false}}, {{{"a"}, {"1"}, {"x"}}, {{"bcd"}, {"10,000"}, {""}}}, kAscii),
      "         Mean\n"
      "  a         1  x\n"
      "  bcd  10,000\n");
}

TEST(Table, LeavesOutColumnsInTheirOrderWhereThereIsNoRoom) {
  const std::vector<Row> rows{{{"name"}, {"1"}, {"22222222"}, {"333333"}}};
  const std::vector<Column> columns{{"", false}, {""}, {"", true, 2}, {"", true, 1}};
  EXPECT_EQ(render_table(columns, rows, {40, false, false}), "  name  1  22222222  333333\n");
  EXPECT_EQ(render_table(columns, rows, {20, false, false}), "  name  1  333333\n");
  EXPECT_EQ(render_table(columns, rows, {10, false, false}), "  name  1\n");
}

TEST(Table, ClipsElasticNamesBeforeItLeavesOutColumns) {
  EXPECT_EQ(render_table({{"", false, 0, true}, {"", true, 1}}, {{{"a_name_of_some_30_characters__"}, {"123456"}}},
                         {34, false, false}),
            "  a_name_of_some_30_chara~  123456\n");
}

TEST(Text, WidthIsInColumnsOfATerminal) {
  EXPECT_EQ(text_width("plain"), 5U);
  EXPECT_EQ(text_width("時間"), 4U);
  EXPECT_EQ(text_width("🚀"), 2U);
  EXPECT_EQ(text_width("e\u0301"), 1U);
  EXPECT_EQ(painted_width("\x1b[36m時間\x1b[0m a"), 6U);
}

TEST(Text, ClipsToColumns) {
  const TerminalStyle style{80, true, false};
  EXPECT_EQ(clip("時間の単価", 6, style), "時間…");
  EXPECT_EQ(clip_middle("a_long_name_17", 9, style), "a_lo…e_17");
  EXPECT_EQ(clip_middle("short", 9, style), "short");
}

}  // namespace
}  // namespace tcosim::text
