#include "scenarios/expression.hpp"

#include <gtest/gtest.h>

#include <rapidcheck/gtest.h>

#include <cmath>
#include <cstring>
#include <string>
#include <string_view>

#include <fmt/format.h>

namespace tcosim {
namespace {

/// A tree with every grouping written out; units in braces.
std::string shown(const Syntax& node) {
  std::string list;
  for (std::size_t i = 0; i < node.children.size(); ++i) {
    if (i > 0) list += ", ";
    if (node.kind == Syntax::Kind::call && !node.argument_names[i].empty()) list += node.argument_names[i] + "=";
    list += shown(node.children[i]);
  }
  switch (node.kind) {
    case Syntax::Kind::number:
      return fmt::format("{}", node.number);
    case Syntax::Kind::string:
      return "'" + node.text + "'";
    case Syntax::Kind::list:
      return "[" + list + "]";
    case Syntax::Kind::name:
      return node.text;
    case Syntax::Kind::call:
      return node.text + "(" + list + ")";
    case Syntax::Kind::unary:
      return "(" + node.text + " " + list + ")";
    case Syntax::Kind::binary:
      return "(" + shown(node.children[0]) + " " + node.text + " " + shown(node.children[1]) + ")";
    case Syntax::Kind::percent:
      return list + "%";
    case Syntax::Kind::with_unit:
      return "{" + list + " " + node.text + "}";
  }
  return "";
}

std::string tree(std::string_view text) {
  const auto parsed = parse_expression(text);
  return parsed ? shown(parsed->root) : "error: " + parsed.error().message;
}

/// The message, the marked part of the text (or <end>), the suggestion.
std::string complaint(std::string_view text) {
  const auto parsed = parse_expression(text);
  if (parsed) return "no error: " + shown(parsed->root);
  const SyntaxError& e = parsed.error();
  const auto offset = static_cast<std::size_t>(e.range.offset);
  const std::string marked(offset < text.size() ? text.substr(offset, static_cast<std::size_t>(e.range.length))
                                                : "<end>");
  return e.message + " | " + marked + (e.suggestion.empty() ? "" : " | " + e.suggestion);
}

std::string repeated(std::string_view part, int times) {
  std::string result;
  for (int i = 0; i < times; ++i) result += part;
  return result;
}

TEST(ExpressionNumbers, AreReadAsPeopleWriteThem) {
  EXPECT_EQ(tree("1_000"), "1000");
  EXPECT_EQ(tree("010"), "10");
  EXPECT_EQ(tree("1e6"), "1000000");
  EXPECT_EQ(tree("2.5E-3"), "0.0025");
  EXPECT_EQ(tree(".5"), "0.5");
  EXPECT_EQ(tree("1_234.5_6"), "1234.56");
  EXPECT_EQ(tree(" \t7\n"), "7");
}

TEST(ExpressionNumbers, SuffixesFollowWithoutABlank) {
  EXPECT_EQ(tree("2.5k"), "2500");
  EXPECT_EQ(tree("0.8M"), "800000");
  EXPECT_EQ(tree("5B"), "5000000000");
  EXPECT_EQ(tree("5 B"), "{5 B}");
  EXPECT_EQ(tree("20MB"), "{20 MB}");
  EXPECT_EQ(tree("20 MB"), "{20 MB}");
  EXPECT_EQ(tree("20k USD"), "{20000 USD}");
}

TEST(ExpressionNumbers, SuffixAndPercentAreCorrectlyRounded) {
  EXPECT_EQ(parse_expression("7%")->root.number, 0.07);
  EXPECT_EQ(parse_expression("14.5%")->root.number, 0.145);
  EXPECT_EQ(parse_expression("0.0007M")->root.number, 700.0);
  EXPECT_EQ(parse_expression("1.1k")->root.number, 1100.0);
}

TEST(ExpressionNumbers, OutOfRangeIsAnErrorAndZeroIsNot) {
  EXPECT_EQ(complaint("1e999"), "the number '1e999' is out of range | 1e999");
  EXPECT_EQ(complaint("2 * 1e-999"), "the number '1e-999' is out of range | 1e-999");
  EXPECT_EQ(complaint("1e99999999999999999999"),
            "the number '1e99999999999999999999' is out of range | 1e99999999999999999999");
  EXPECT_EQ(tree("0e999"), "0");
}

TEST(ExpressionPrecedence, IsThatOfTheFormat) {
  EXPECT_EQ(tree("-2^2"), "(- (2 ^ 2))");
  EXPECT_EQ(tree("2^-1"), "(2 ^ (- 1))");
  EXPECT_EQ(tree("2^3^2"), "(2 ^ (3 ^ 2))");
  EXPECT_EQ(tree("-2^-2^2"), "(- (2 ^ (- (2 ^ 2))))");
  EXPECT_EQ(tree("a - b - c"), "((a - b) - c)");
  EXPECT_EQ(tree("a / b * c"), "((a / b) * c)");
  EXPECT_EQ(tree("a + b * -c"), "(a + (b * (- c)))");
  EXPECT_EQ(tree("1 + 2 to 3 * 4"), "((1 + 2) to (3 * 4))");
  EXPECT_EQ(tree("a + 1 < b * 2"), "((a + 1) < (b * 2))");
  EXPECT_EQ(tree("not a < b and c or d and e"), "(((not (a < b)) and c) or (d and e))");
  EXPECT_EQ(tree("not not a"), "(not (not a))");
  EXPECT_EQ(tree("(a + b) * c"), "((a + b) * c)");
  EXPECT_EQ(tree("a<=b"), "(a <= b)");
  EXPECT_EQ(tree("a!=b"), "(a != b)");
}

TEST(ExpressionCalls, TakeNamedArgumentsListsAndTexts) {
  EXPECT_EQ(tree("lognormal(mean=2k, sd = 2.5k)"), "lognormal(mean=2000, sd=2500)");
  EXPECT_EQ(tree("discrete([1, 2], [0.7, 0.3])"), "discrete([1, 2], [0.7, 0.3])");
  EXPECT_EQ(tree("f(a == b)"), "f((a == b))");
  EXPECT_EQ(tree(R"(f("a \"b\" \\ \c"))"), R"(f('a "b" \ \c'))");
  EXPECT_EQ(tree("f()"), "f()");
  EXPECT_EQ(tree("truncate(normal(1, 2), low=0)"), "truncate(normal(1, 2), low=0)");
  EXPECT_EQ(tree("max (1, 2)"), "max(1, 2)");
  EXPECT_EQ(tree("if(a > 0, b, c)"), "if((a > 0), b, c)");
}

TEST(ExpressionUnits, OneAtTheEndOfANamelessExpressionCoversAllOfIt) {
  EXPECT_EQ(tree("1 + poisson(3) run"), "{(1 + poisson(3)) run}");
  EXPECT_EQ(tree("20 to 30 USD/TB/month"), "{(20 to 30) USD/TB/month}");
  EXPECT_EQ(tree("-5 USD"), "{(- 5) USD}");
  EXPECT_EQ(tree("1 + 2^3 USD"), "{(1 + (2 ^ 3)) USD}");
  EXPECT_EQ(tree("2 * pi hour"), "error: expected an operator before 'hour'");
  EXPECT_EQ(tree("pi * 2 hour"), "{(pi * 2) hour}");
  EXPECT_EQ(tree("pert(140, 200, 320) gpu_hour/run"), "{pert(140, 200, 320) gpu_hour/run}");
  EXPECT_EQ(tree("poisson(3)% run"), "{poisson(3)% run}");
}

TEST(ExpressionUnits, OtherwiseBindTighterThanPower) {
  EXPECT_EQ(tree("x * 2 hour^2"), "(x * {2 hour^2})");
  EXPECT_EQ(tree("x + 2 USD ^ y"), "(x + ({2 USD} ^ y))");
  EXPECT_EQ(tree("2 USD + 3 USD"), "({2 USD} + {3 USD})");
  EXPECT_EQ(tree("2 * (3 USD)"), "(2 * {3 USD})");
  EXPECT_EQ(tree("(2 + 3) USD * x"), "({(2 + 3) USD} * x)");
  EXPECT_EQ(tree("3 month - x"), "({3 month} - x)");
  EXPECT_EQ(tree("10 USD/run * runs"), "({10 USD/run} * runs)");
  EXPECT_EQ(tree("2 * hours"), "(2 * hours)");
  EXPECT_EQ(tree("2 hours"), "{2 hours}");
  EXPECT_EQ(tree("5 USD/max(1, 2)"), "({5 USD} / max(1, 2))");
}

TEST(ExpressionUnits, AreSharedByTheEndsOfAnInterval) {
  EXPECT_EQ(tree("x * (20 to 30 USD)"), "(x * {(20 to 30) USD})");
  EXPECT_EQ(tree("30 minute to 2 hour"), "({30 minute} to {2 hour})");
  EXPECT_EQ(tree("low to 30 USD"), "(low to {30 USD})");
}

TEST(ExpressionUnits, TakePerWithBlanks) {
  EXPECT_EQ(tree("0.5 per year"), "{0.5 per year}");
  EXPECT_EQ(tree("x * 3 USD per gpu_hour per month"), "(x * {3 USD per gpu_hour per month})");
  EXPECT_EQ(tree("2 person"), "{2 person}");
  EXPECT_EQ(complaint("0.5 per"), "expected a unit after 'per' | per | write a unit such as 'per year'");
}

TEST(ExpressionUnits, WithBlanksAreOneWordOrADivisionByAnInput) {
  EXPECT_EQ(complaint("5 USD/ run"), "a unit is one word without blanks | USD/ run | write 'USD/run'");
  EXPECT_EQ(complaint("5 USD /run"), "a unit is one word without blanks | USD /run | write 'USD/run'");
  EXPECT_EQ(complaint("5 GB month"), "a unit is one word without blanks | GB month | write 'GB-month'");
  const auto parsed = parse_expression("2 * 5 USD / TB / month");
  ASSERT_TRUE(parsed);
  ASSERT_EQ(parsed->spaced_units.size(), 1u);
  EXPECT_EQ(parsed->spaced_units[0].unit, "USD/TB/month");
  EXPECT_EQ(parsed->spaced_units[0].name.offset, 12);
  EXPECT_EQ(parsed->spaced_units[0].name.length, 2);
}

TEST(ExpressionPercent, FollowsNumbersCallsAndParentheses) {
  EXPECT_EQ(tree("15%"), "0.15");
  EXPECT_EQ(tree("(2 + 3)% * x"), "((2 + 3)% * x)");
  EXPECT_EQ(tree("beta(2, 3)%"), "beta(2, 3)%");
  EXPECT_EQ(complaint("share%"), "'%' stands only after a number, a call or ')' | % | write '(share)%'");
}

TEST(ExpressionPercent, CoversABareLowEnd) {
  EXPECT_EQ(tree("5 to 10%"), "(0.05 to 0.1)");
  EXPECT_EQ(tree("-5 to 10%"), "((- 0.05) to 0.1)");
  EXPECT_EQ(tree("5% to 10%"), "(0.05 to 0.1)");
  EXPECT_EQ(tree("(5) to 10%"), "(5 to 0.1)");
}

TEST(ExpressionWarnings, NameWhatWasProbablyMeant) {
  const auto warning = [](std::string_view text) {
    const auto parsed = parse_expression(text);
    if (!parsed || parsed->warnings.empty()) return std::string("none");
    const SyntaxError& w = parsed->warnings.front();
    return fmt::format("{} | {} | {}+{}", w.message, w.suggestion, w.range.offset, w.range.length);
  };
  EXPECT_EQ(warning("20 to 80k"), "the 'k' of '80k' does not cover '20' | did you mean '20k'? | 0+2");
  EXPECT_EQ(warning("x * (1.5 to 2M USD)"), "the 'M' of '2M' does not cover '1.5' | did you mean '1.5M'? | 5+3");
  EXPECT_EQ(warning("20-30 USD"), "'20-30' is a subtraction | did you mean '20 to 30'? | 0+5");
  EXPECT_EQ(warning("500 to 2k USD"), "none");
  EXPECT_EQ(warning("20k to 80k"), "none");
  EXPECT_EQ(warning("0 to 80k"), "none");
  EXPECT_EQ(warning("20 - 30"), "none");
  EXPECT_EQ(warning("30-20"), "none");
}

TEST(ExpressionErrors, SayWhatIsMissing) {
  EXPECT_EQ(complaint(""), "the value is empty | <end>");
  EXPECT_EQ(complaint("2 *"), "expected a number, a name or '(' after '*' | <end>");
  EXPECT_EQ(complaint("2 * / 3"), "expected a number, a name or '(' after '*' | /");
  EXPECT_EQ(complaint("a <= "), "expected a number, a name or '(' after '<=' | <end>");
  EXPECT_EQ(complaint("* 2"), "expected a number, a name or '(' | *");
  EXPECT_EQ(complaint("max(1, 2,)"), "expected a number, a name or '(' after ',' | )");
  EXPECT_EQ(complaint("(1 + 2"), "')' is missing: this '(' is not closed | (");
  EXPECT_EQ(complaint("pert(1, (2, 3)"), "unexpected ',' | ,");
  EXPECT_EQ(complaint("f([1, 2"), "']' is missing: this '[' is not closed | [");
  EXPECT_EQ(complaint("f([1, 2)"), "']' is missing before ')' | )");
  EXPECT_EQ(complaint("(1]"), "')' is missing before ']' | ]");
  EXPECT_EQ(complaint("f(\"abc)"), "'\"' is missing: this '\"' is not closed | \"");
  EXPECT_EQ(complaint("()"), "the parentheses are empty | )");
}

TEST(ExpressionErrors, SayWhatIsTooMuch) {
  EXPECT_EQ(complaint("1 + 2)"), "unexpected ')': no '(' is open | )");
  EXPECT_EQ(complaint("1]"), "unexpected ']': no '[' is open | ]");
  EXPECT_EQ(complaint("1, 2"), "unexpected ',' | ,");
  EXPECT_EQ(complaint("25,000 USD"), "unexpected ',' | , | write '25_000'");
  EXPECT_EQ(complaint("a b"), "expected an operator before 'b' | b | a unit stands only after a number, a call or ')'");
  EXPECT_EQ(complaint("2 max(3, 4)"), "expected an operator before 'max' | max");
  EXPECT_EQ(complaint("(2)(3)"), "expected an operator before '(' | (");
  EXPECT_EQ(complaint("max(1 2)"), "expected an operator before '2' | 2");
  EXPECT_EQ(complaint("1.2.3"), "unexpected '.' | .");
  EXPECT_EQ(complaint("2 \x01"), "unexpected control character 0x01 | \x01");
  EXPECT_EQ(complaint("x # y"), "unexpected '#' | #");
  EXPECT_EQ(complaint("\"text\""), "a text stands only as an argument of a call | \"");
  EXPECT_EQ(complaint("[1, 2]"), "a list stands only as an argument of a call | [");
}

TEST(ExpressionErrors, ChainsAreRefused) {
  EXPECT_EQ(complaint("1 < x <= 3"), "comparisons do not chain | < | write '1 < x and x <= ...'");
  EXPECT_EQ(complaint("not a == b == c"), "comparisons do not chain | = | write 'a == b and b == ...'");
  EXPECT_EQ(complaint("1 to 2 to 3"), "'to' does not chain: it takes a low and a high end | to");
}

TEST(ExpressionErrors, ForeignSignsAreTranslated) {
  EXPECT_EQ(complaint("$25"), "'$' is not a currency code | $ | write 'USD'");
  EXPECT_EQ(complaint("25 €"), "'€' is not a currency code | € | write 'EUR'");
  EXPECT_EQ(complaint("25 £/month"), "'£' is not a currency code | £ | write 'GBP'");
  EXPECT_EQ(complaint("2 × 3"), "'×' is not an operator | × | did you mean '*'?");
  EXPECT_EQ(complaint("6 ÷ 3"), "'÷' is not an operator | ÷ | did you mean '/'?");
  EXPECT_EQ(complaint("20–30"), "'–' is not an operator | – | write 'to' for a range, '-' for a difference");
  EXPECT_EQ(complaint("2 ** 3"), "'**' is not an operator | ** | did you mean '^'?");
  EXPECT_EQ(complaint("a <> b"), "'<>' is not an operator | <> | did you mean '!='?");
  EXPECT_EQ(complaint("a = b"), "'=' is not an operator | = | did you mean '=='?");
  EXPECT_EQ(complaint("a && b"), "'&&' is not an operator | && | did you mean 'and'?");
  EXPECT_EQ(complaint("!a"), "'!' is not an operator | ! | did you mean 'not'?");
  EXPECT_EQ(complaint("1..5"), "'..' is not an operator | .. | did you mean 'to'?");
  EXPECT_EQ(complaint("5 million USD"), "'million' is not a unit | million | write '5M'");
  EXPECT_EQ(complaint("10K USD"), "'K' is not a unit | K | write '10k'");
}

TEST(ExpressionLimits, NestingUpTo256LevelsIsAllowed) {
  const std::string deeper = "nested deeper than 256 levels";
  for (const auto& [open, close] : {std::pair{"(", ")"}, {"-", ""}, {"not ", ""}, {"2^", ""}, {"f(", ")"}}) {
    EXPECT_TRUE(parse_expression(repeated(open, 256) + "1" + repeated(close, 256))) << open;
    for (const int levels : {257, 10'000, 150'000}) {
      const auto parsed = parse_expression(repeated(open, levels) + "1" + repeated(close, levels));
      ASSERT_FALSE(parsed) << open;
      EXPECT_EQ(parsed.error().message, deeper) << open;
    }
  }
  EXPECT_EQ(parse_expression(repeated("(", 900'000)).error().message, deeper);
  EXPECT_EQ(parse_expression("2^" + repeated("-", 900'000)).error().message, deeper);
}

TEST(ExpressionLimits, NestingIsCountedBackDown) {
  EXPECT_TRUE(parse_expression(repeated("(1) + f(2) - -3 + 2^2 + g([1]) * ", 100) + "1"));
}

TEST(ExpressionLimits, AThousandOperatorsAreAllowed) {
  EXPECT_TRUE(parse_expression(repeated("1+", 1000) + "1"));
  EXPECT_EQ(parse_expression(repeated("1+", 1001) + "1").error().message, "more than 1000 operators in one formula");
  EXPECT_EQ(parse_expression(repeated("1+", 100'000) + "1").error().message, "more than 1000 operators in one formula");
  EXPECT_EQ(parse_expression(repeated(" ", 1'000'001)).error().message,
            "a value of 1000001 bytes is too long: at most 1000000");
}

TEST(ExpressionRanges, CoverNodesAndTheirParts) {
  const std::string_view text = "x + (f(low = 2 USD) * 3)";
  const auto parsed = parse_expression(text);
  ASSERT_TRUE(parsed);
  const auto slice = [&](TextRange r) {
    return text.substr(static_cast<std::size_t>(r.offset), static_cast<std::size_t>(r.length));
  };
  EXPECT_EQ(slice(parsed->root.range), text);
  const Syntax& product = parsed->root.children[1];
  EXPECT_EQ(slice(product.range), "(f(low = 2 USD) * 3)");
  const Syntax& call = product.children[0];
  EXPECT_EQ(slice(call.range), "f(low = 2 USD)");
  EXPECT_EQ(slice(call.name_range), "f");
  EXPECT_EQ(slice(call.argument_name_ranges[0]), "low");
  EXPECT_EQ(slice(call.children[0].range), "2 USD");
  EXPECT_EQ(slice(call.children[0].name_range), "USD");
}

TEST(ExpressionRanges, AWidenedUnitLeavesTheInnerRangesWithoutIt) {
  const auto parsed = parse_expression("1 + poisson(3) run");
  ASSERT_TRUE(parsed);
  EXPECT_EQ(parsed->root.range.length, 18);
  EXPECT_EQ(parsed->root.name_range.offset, 15);
  EXPECT_EQ(parsed->root.children[0].range.length, 14);
}

TEST(ExpressionNames, AreWordsOfLettersDigitsAndUnderscores) {
  EXPECT_TRUE(is_name("gpu_rate2"));
  EXPECT_TRUE(is_name("_x"));
  EXPECT_FALSE(is_name("2x"));
  EXPECT_FALSE(is_name(""));
  EXPECT_FALSE(is_name("a-b"));
  EXPECT_FALSE(is_name("é"));
  EXPECT_TRUE(is_keyword("to"));
  EXPECT_FALSE(is_keyword("total"));
  EXPECT_EQ(tree("total + order + android + notes"), "(((total + order) + android) + notes)");
}

TEST(ExpressionGrammar, HasNoRuleThatLoopsWithoutProgress) {
  EXPECT_EQ(grammar_issues(), 0u);
}

// A random formula as text, its value computed beside it, parenthesised only where precedence asks for it.
struct Written {
  std::string text;
  double value = 0;
  int level = 0;  ///< of its outermost operator; higher binds tighter
};

constexpr int kOr = 0, kAnd = 1, kNot = 2, kComparison = 3, kSum = 4, kProduct = 5, kUnary = 6, kPower = 7,
              kPrimary = 8;

std::string inside(const Written& part, int least) {
  return part.level >= least && *rc::gen::inRange(0, 8) > 0 ? part.text : "(" + part.text + ")";
}

double truth(bool b) {
  return b ? 1 : 0;
}

Written random_formula(int depth);

Written random_binary(int depth) {
  const Written a = random_formula(depth - 1);
  const Written b = random_formula(depth - 1);
  const std::string blank = *rc::gen::element<std::string>("", " ", "  ");
  const auto joined = [&](const std::string& sign, double value, int level, int left, int right) {
    return Written{inside(a, left) + blank + sign + blank + inside(b, right), value, level};
  };
  switch (*rc::gen::inRange(0, 9)) {
    case 0:
      return joined("+", a.value + b.value, kSum, kSum, kProduct);
    case 1:
      return joined("-", a.value - b.value, kSum, kSum, kProduct);
    case 2:
      return joined("*", a.value * b.value, kProduct, kProduct, kUnary);
    case 3:
      return joined("/", a.value / b.value, kProduct, kProduct, kUnary);
    case 4:
      return joined("^", std::pow(a.value, b.value), kPower, kPrimary, kUnary);
    case 5:
      return joined("<", truth(a.value < b.value), kComparison, kSum, kSum);
    case 6:
      return joined(">=", truth(a.value >= b.value), kComparison, kSum, kSum);
    case 7:
      return joined(" and ", truth(a.value != 0 && b.value != 0), kAnd, kAnd, kNot);
    default:
      return joined(" or ", truth(a.value != 0 || b.value != 0), kOr, kOr, kAnd);
  }
}

Written random_formula(int depth) {
  const int choice = depth == 0 ? 0 : *rc::gen::inRange(0, 8);
  if (choice == 0) {
    const int n = *rc::gen::inRange(0, 1000);
    return {fmt::format("{}", n), static_cast<double>(n), kPrimary};
  }
  if (choice > 2) return random_binary(depth);
  const Written a = random_formula(depth - 1);
  if (choice == 1) return {"-" + inside(a, kUnary), -a.value, kUnary};
  return {"not " + inside(a, kNot), truth(a.value == 0), kNot};
}

double value_of(const Syntax& node) {
  if (node.kind == Syntax::Kind::number) return node.number;
  const double a = value_of(node.children[0]);
  if (node.kind == Syntax::Kind::unary) return node.text == "-" ? -a : truth(a == 0);
  const double b = value_of(node.children[1]);
  if (node.text == "+") return a + b;
  if (node.text == "-") return a - b;
  if (node.text == "*") return a * b;
  if (node.text == "/") return a / b;
  if (node.text == "^") return std::pow(a, b);
  if (node.text == "<") return truth(a < b);
  if (node.text == ">=") return truth(a >= b);
  return node.text == "and" ? truth(a != 0 && b != 0) : truth(a != 0 || b != 0);
}

RC_GTEST_PROP(ExpressionProperty, AFormulaAsWrittenHasTheValueOfItsTree, ()) {
  const Written formula = random_formula(6);
  const auto parsed = parse_expression(formula.text);
  if (!parsed) RC_FAIL(formula.text + ": " + parsed.error().message);
  const double value = value_of(parsed->root);
  RC_ASSERT((std::isnan(value) && std::isnan(formula.value)) || value == formula.value);
}

RC_GTEST_PROP(ExpressionProperty, AnyTextGivesATreeOrAnErrorInsideIt, ()) {
  const auto pieces = *rc::gen::container<std::vector<std::string>>(rc::gen::element<std::string>(
      "1", "2.5k", "x", "f(", ")", "(", "[", "]", ",", "+", "-", "*", "/", "^", " ", " to ", "per", " USD", "USD/run",
      "%", "<", "==", "and ", "not ", "\"", "\\", "€", "=", ".", "e5", "_", "\xff", "\n"));
  std::string text;
  for (const std::string& piece : pieces) text += piece;
  const auto parsed = parse_expression(text);
  if (parsed) {
    RC_ASSERT(parsed->root.range.offset >= 0);
    RC_ASSERT(static_cast<std::size_t>(parsed->root.range.offset + parsed->root.range.length) <= text.size());
  } else {
    const SyntaxError& e = parsed.error();
    RC_ASSERT(!e.message.empty());
    RC_ASSERT(e.range.offset >= 0 && e.range.length >= 1);
    RC_ASSERT(static_cast<std::size_t>(e.range.offset + e.range.length) <= text.size() + 1);
  }
}

}  // namespace
}  // namespace tcosim
