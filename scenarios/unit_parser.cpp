#include "scenarios/unit_parser.hpp"

#include <algorithm>
#include <cctype>
#include <charconv>
#include <utility>

#include <fmt/format.h>

#include "scenarios/diagnostic.hpp"
#include "scenarios/expression.hpp"
#include "scenarios/syntax_messages.hpp"

namespace tcosim {
namespace {

constexpr int kMostExponent = 9;

bool is_letter(char c) {
  return std::isalpha(static_cast<unsigned char>(c)) != 0;
}
bool is_digit(char c) {
  return std::isdigit(static_cast<unsigned char>(c)) != 0;
}

/// The words of a compound, the longest known first: a declared `ml_engineer` stays whole in
/// `ml_engineer_month`. On failure, the word that is not known.
Expected<std::vector<UnitWord>, std::string_view> compound(std::string_view text, const UnitVocabulary& vocabulary) {
  std::vector<UnitWord> words;
  while (!text.empty()) {
    std::size_t end = text.size();
    std::optional<UnitWord> word;
    for (;;) {
      word = vocabulary.find(text.substr(0, end));
      const std::size_t joint = end == 0 ? std::string_view::npos : text.find_last_of("_-", end - 1);
      if (word || joint == std::string_view::npos) break;
      end = joint;
    }
    if (!word) return Unexpected{text.substr(0, end)};
    words.push_back(std::move(*word));
    if (end == text.size()) break;
    text.remove_prefix(end + 1);
    if (text.empty()) return Unexpected{text};
  }
  return words;
}

std::string closest_word(std::string_view word, const UnitVocabulary& vocabulary) {
  const std::string folded = lower_case(word);
  if (const std::string_view code = currency_of_word(folded); !code.empty()) return std::string(code);
  std::string upper(folded);
  for (char& c : upper) c = static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
  if (is_currency_code(upper)) return upper;
  if (word == upper && word.size() == 3) {
    // Of the many codes one letter away from "UDS", the ones that people mean come first.
    if (std::string code = closest(word, {"USD", "EUR", "GBP", "CHF", "JPY", "CNY", "INR"}); !code.empty()) return code;
    std::vector<std::string> codes;
    for (const std::string_view code : currency_codes()) codes.emplace_back(code);
    if (std::string code = closest(word, codes); !code.empty()) return code;
  }
  return closest(word, vocabulary.words());
}

class UnitReader {
 public:
  UnitReader(std::string_view text, const UnitVocabulary& vocabulary) : text_(text), vocabulary_(vocabulary) {}

  Expected<std::vector<UnitTerm>, UnitError> read() {
    skip_blanks();
    int sign = 1;
    if (at(0) == '1' && (at(1) == '/' || is_blank(at(1)))) {
      ++here_;
      sign = joint();
      if (sign == 0) return Unexpected{wrong_form()};
    } else if (per_ahead()) {
      sign = joint();
    }
    for (;;) {
      if (auto error = term(sign)) return Unexpected{*error};
      if (rest_is_blank()) return terms_;
      sign = joint();
      if (sign == 0) return Unexpected{wrong_form()};
    }
  }

 private:
  [[nodiscard]] char at(std::size_t ahead) const { return here_ + ahead < text_.size() ? text_[here_ + ahead] : '\0'; }
  void skip_blanks() {
    while (is_blank(at(0))) ++here_;
  }
  [[nodiscard]] bool rest_is_blank() const {
    return std::all_of(text_.begin() + static_cast<std::ptrdiff_t>(here_), text_.end(), is_blank);
  }
  [[nodiscard]] bool per_ahead() const { return text_.substr(here_, 3) == "per" && is_blank(at(3)); }

  /// What joins two terms: 1 for a product, -1 for `/` and `per`, 0 for anything else.
  int joint() {
    const std::size_t start = here_;
    skip_blanks();
    if (here_ > start || start == 0) {
      if (per_ahead()) {
        here_ += 3;
        skip_blanks();
        return -1;
      }
      here_ = start;
      return 0;
    }
    const char sign = at(0);
    if (sign != '/' && sign != '*' && sign != '.') return 0;
    product_ = sign == '*';
    ++here_;
    return sign == '/' ? -1 : 1;
  }

  std::optional<UnitError> term(int sign) {
    const std::size_t start = here_;
    while (is_name_character(at(0)) || (at(0) == '-' && is_letter(at(1)))) ++here_;
    if (here_ == start || !is_letter(text_[start])) {
      here_ = start;
      return wrong_form();
    }
    const std::string_view word = text_.substr(start, here_ - start);
    UnitTerm result{std::string(word), {}, sign};
    const int exponent = written_exponent();
    if (exponent == 0)
      return UnitError{"an exponent is a whole number from 1 to 9", "", int_of(start), span_from(start)};

    auto words = compound(word, vocabulary_);
    if (words) {
      result.words = std::move(words).value();
      result.exponent *= exponent;
    } else if (auto power = trailing_power(word)) {
      result = {power->text, {*power}, sign * (word.back() - '0')};
    } else {
      return unknown(word, words.error(), start);
    }
    if (auto error = undone(result, start)) return error;
    terms_.push_back(std::move(result));
    return std::nullopt;
  }

  /// `^2`, `^-1`; 1 where there is none, 0 where it is out of range.
  int written_exponent() {
    if (at(0) != '^') return 1;
    const char* begin = text_.data() + here_ + 1;
    int exponent = 0;
    const auto read = std::from_chars(begin, text_.data() + text_.size(), exponent);
    if (read.ec != std::errc{}) return 0;
    here_ += 1 + static_cast<std::size_t>(read.ptr - begin);
    return exponent < -kMostExponent || exponent > kMostExponent ? 0 : exponent;
  }

  /// `m2`: a digit behind a unit is an exponent, unless it belongs to the word.
  [[nodiscard]] std::optional<UnitWord> trailing_power(std::string_view word) const {
    if (word.size() < 2 || word.back() < '2' || word.back() > '9' || is_digit(word[word.size() - 2])) return {};
    return vocabulary_.find(word.substr(0, word.size() - 1));
  }

  /// `10 USD/run*runs`: the factor behind the asterisk was meant as an input.
  [[nodiscard]] std::optional<UnitError> undone(const UnitTerm& term, std::size_t start) const {
    if (!product_ || term.exponent < 0) return std::nullopt;
    for (const UnitTerm& earlier : terms_) {
      if (earlier.exponent > 0 || earlier.words != term.words) continue;
      const std::string_view before = text_.substr(0, start - 1);
      return UnitError{
          fmt::format("the unit '{}' divides by '{}' and multiplies by it", text_.substr(0, here_), earlier.text),
          fmt::format("{} * {}", before, term.text), 0, int_of(here_)};
    }
    return std::nullopt;
  }

  [[nodiscard]] UnitError unknown(std::string_view compound_word, std::string_view word, std::size_t start) const {
    std::string suggestion;
    if (const std::string better = closest_word(word, vocabulary_); !better.empty()) {
      suggestion = compound_word;
      suggestion.replace(static_cast<std::size_t>(word.data() - compound_word.data()), word.size(), better);
    }
    return {fmt::format("unknown unit '{}'", quoted(compound_word)), suggestion, int_of(start),
            static_cast<int>(compound_word.size())};
  }

  /// What stands at `here_` where a unit, a joint or the end should.
  [[nodiscard]] UnitError wrong_form() const {
    const auto begin = static_cast<std::size_t>(
        std::find_if_not(text_.begin() + static_cast<std::ptrdiff_t>(here_), text_.end(), is_blank) - text_.begin());
    if (begin == text_.size()) {
      const std::string after = text_.empty() || here_ == 0 ? "" : fmt::format(" after '{}'", text_[here_ - 1]);
      return {fmt::format("expected a unit{}", after), "", int_of(here_), 1};
    }
    const int length = token_length(text_, int_of(begin));
    const char first = text_[begin];
    const bool goes_on = !terms_.empty() && (is_name_character(first) || first == '/' || first == '*');
    if (std::string whole = without_blanks(); goes_on && whole != text_) {
      return {"a unit is one word without blanks", std::move(whole), int_of(begin), length};
    }
    if (first == '(') return {"a unit has no parentheses", "", int_of(begin), length};
    const SyntaxError sign = operator_expected(text_, int_of(begin), {});
    if (sign.message.find("currency") != std::string::npos) {
      return {sign.message, sign.suggestion.substr(7, 3), int_of(begin), length};
    }
    return {fmt::format("unexpected '{}' in a unit", quoted(text_.substr(begin, static_cast<std::size_t>(length)))), "",
            int_of(begin), length};
  }

  /// "USD / run" as "USD/run", "GB month" as "GB-month".
  [[nodiscard]] std::string without_blanks() const {
    std::string result;
    bool gap = false;
    for (const char c : text_) {
      if (is_blank(c)) {
        gap = !result.empty();
        continue;
      }
      if (gap && is_name_character(c) && is_name_character(result.back())) result += '-';
      gap = false;
      result += c;
    }
    return result;
  }

  [[nodiscard]] static int int_of(std::size_t n) { return static_cast<int>(n); }
  [[nodiscard]] int span_from(std::size_t start) const { return std::max(1, int_of(here_ - start)); }

  std::string_view text_;
  const UnitVocabulary& vocabulary_;
  std::size_t here_ = 0;
  bool product_ = false;
  std::vector<UnitTerm> terms_;
};

}  // namespace

Expected<std::vector<UnitTerm>, UnitError> parse_unit(std::string_view text, const UnitVocabulary& vocabulary) {
  return UnitReader(text, vocabulary).read();
}

Expected<UnitDefinition, UnitError> parse_unit_definition(std::string_view text) {
  const auto wrong = [&](std::string message) {
    return Unexpected{UnitError{std::move(message), "", 0, std::max(1, static_cast<int>(text.size()))}};
  };
  if (!text.empty() && is_letter(text.front())) return UnitDefinition{1, std::string(text), 0};
  const auto parsed = parse_expression(text);
  if (!parsed) {
    const SyntaxError& e = parsed.error();
    return Unexpected{UnitError{e.message, "", e.range.offset, e.range.length}};
  }
  const Syntax& root = parsed->root;
  const bool with_unit = root.kind == Syntax::Kind::with_unit;
  const Syntax& number = with_unit ? root.children.front() : root;
  if (number.kind == Syntax::Kind::unary)
    return wrong(fmt::format("'{}' is no size: it must be above 0", quoted(text)));
  if (number.kind != Syntax::Kind::number) return wrong("expected 'count' or a quantity such as '8 gpu'");
  if (number.number <= 0) return wrong(fmt::format("'{}' is no size: it must be above 0", quoted(text)));
  return UnitDefinition{number.number, with_unit ? root.text : "", root.name_range.offset};
}

}  // namespace tcosim
