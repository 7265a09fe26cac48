#include "scenarios/levers.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <set>
#include <utility>

#include "scenarios/declared_names.hpp"
#include "scenarios/section.hpp"
#include "scenarios/variants.hpp"

namespace tcosim {
namespace {

bool uses(const Expression& expression, const std::string& name) {
  std::vector<const Syntax*> names;
  collect_names(expression.parsed.root, names);
  return std::ranges::any_of(names, [&](const Syntax* used) { return used->text == name; });
}

class LeverSettler {
 public:
  LeverSettler(Declarations& declarations, Report& report) : declarations_(declarations), report_(report) {
    for (const InputDeclaration& input : declarations.inputs) inputs_.push_back(input.name.text);
    for (const LineDeclaration& line : declarations.lines) lines_.push_back(line.title);
    for (const LeverDeclaration& lever : declarations.levers) names_.push_back(lever.name.text);
  }

  std::vector<Lever> settle() {
    for (LeverDeclaration& declaration : declarations_.levers) {
      for (InputChange& change : declaration.sets) check_set(change);
      for (InputChange& change : declaration.scales) check_scale(change);
      check_removes(declaration);
      levers_.push_back(lever_of(declaration));
    }
    for (std::size_t i = 0; i < levers_.size(); ++i) {
      const LeverDeclaration& declaration = declarations_.levers[i];
      for (const Scalar& name : declaration.requires_) levers_[i].needs |= other(name, i, "requires");
      for (const Scalar& name : declaration.excludes) exclude(i, other(name, i, "excludes"));
    }
    exclude_rivals();
    close_needs();
    for (std::size_t i = 0; i < levers_.size(); ++i) check_possible(i);
    return std::move(levers_);
  }

 private:
  static Lever lever_of(const LeverDeclaration& declaration) {
    Lever lever;
    lever.name = declaration.name.text;
    for (const InputChange& change : declaration.sets) {
      lever.sets.push_back(change.input.text);
      lever.set_texts.push_back(change.value.scalar.text);
    }
    for (const InputChange& change : declaration.scales) {
      lever.scales.push_back(change.input.text);
      lever.scale_texts.push_back(change.value.scalar.text);
    }
    for (const LineDeclaration& line : declaration.adds)
      if (line.kind != LineKind::item) lever.adds.push_back(line.title);
    for (const Scalar& line : declaration.removes) lever.removes.push_back(line.text);
    lever.cost_text = declaration.cost_text;
    lever.annotation = declaration.annotation;
    lever.span = to_span(declaration.name.place);
    return lever;
  }

  [[nodiscard]] std::string added_by(const std::string& line) const {
    for (const LeverDeclaration& lever : declarations_.levers) {
      for (const auto* lines : {&lever.adds, &lever.cost})
        for (const LineDeclaration& added : *lines)
          if (added.title == line) return lever.name.text;
    }
    return "";
  }

  void check_set(InputChange& change) {
    check_input(change);
    if (change.broken || !uses(change.value, change.input.text)) return;
    change.broken = true;
    report_.error(change.value.scalar.place,
                  fmt::format("'{0}' is set to a value that names '{0}' itself", change.input.text),
                  "to multiply what it is, write it under 'scale'");
  }

  void check_scale(InputChange& change) {
    check_input(change);
    if (change.broken || !uses(change.value, change.input.text)) return;
    change.broken = true;
    report_.error(change.value.scalar.place,
                  fmt::format("'{0}' is scaled by a value that names '{0}' itself", change.input.text),
                  "a scale multiplies what it is: '0.8' takes 20% off");
  }

  void check_input(InputChange& change) {
    const std::string& name = change.input.text;
    const auto input = std::ranges::find(inputs_, name);
    if (input != inputs_.end()) return;
    change.broken = true;
    const std::string what = described(name, declarations_);
    if (what.empty())
      return report_.error(change.input.place, fmt::format("unknown input '{}'", name), did_you_mean(name, inputs_));
    std::string suggestion;
    if (what == "a cost line" || what == "an item")
      suggestion = "change the inputs of its formula, or 'remove' the line and 'add' another";
    if (what == "a risk")
      suggestion = "make its probability or its impact an input and change that, or 'remove' the risk";
    if (what == "a group") suggestion = inputs_instead_of(what);
    report_.error(change.input.place,
                  fmt::format("'{}' is {}, and what a lever sets or scales is an input", name, what), suggestion);
  }

  void check_removes(LeverDeclaration& declaration) {
    std::set<std::string> seen;
    std::erase_if(declaration.removes, [&](const Scalar& name) {
      if (!seen.insert(name.text).second) {
        report_.error(name.place, fmt::format("'{}' is named twice", name.text));
        return true;
      }
      if (std::ranges::find(lines_, name.text) != lines_.end()) return false;
      report_unknown_line(name);
      return true;
    });
  }

  void report_unknown_line(const Scalar& name) {
    if (std::ranges::find(inputs_, name.text) != inputs_.end()) {
      return report_.error(name.place, fmt::format("'{}' is an input, and what a lever removes is a line", name.text),
                           fmt::format("to take it out of the formulas, 'set: {{{}: 0}}'", name.text));
    }
    if (const std::string lever = added_by(name.text); !lever.empty()) {
      return report_.error(name.place,
                           fmt::format("'{}' is not a line of the file but of lever '{}'", name.text, lever),
                           fmt::format("to have only one of the two, write 'excludes: {}'", lever));
    }
    if (const std::string what = described(name.text, declarations_); !what.empty()) {
      return report_.error(name.place, fmt::format("'{}' is {}, and what a lever removes is a line", name.text, what),
                           what == "a category" ? lines_of_category(name.text) : "");
    }
    std::string suggestion;
    for (const std::string& line : lines_)
      if (suggestion.empty() && line.ends_with("." + name.text)) suggestion = fmt::format("did you mean '{}'?", line);
    report_.error(name.place, fmt::format("unknown line '{}'", name.text),
                  suggestion.empty() ? did_you_mean(name.text, lines_) : suggestion);
  }

  [[nodiscard]] std::string lines_of_category(const std::string& category) const {
    std::vector<std::string> lines;
    for (const LineDeclaration& line : declarations_.lines)
      if (!line.has_items && line.category && line.category->text == category) lines.push_back(line.title);
    return lines.empty() ? "" : fmt::format("name its lines: {}", fmt::join(lines, ", "));
  }

  // The bit of another lever; 0 when it is unknown or the lever itself, reported.
  LeverSet other(const Scalar& name, std::size_t own, const char* verb) {
    const auto found = std::ranges::find(names_, name.text);
    if (found == names_.end()) {
      const std::string what = described(name.text, declarations_);
      report_.error(name.place,
                    what.empty() ? fmt::format("unknown lever '{}'", name.text)
                                 : fmt::format("'{}' is {}, not a lever", name.text, what),
                    did_you_mean(name.text, names_));
      return 0;
    }
    const auto index = static_cast<std::size_t>(found - names_.begin());
    if (index != own) return lever_bit(index);
    report_.error(name.place, fmt::format("lever '{}' {} itself", name.text, verb));
    return 0;
  }

  void exclude(std::size_t index, LeverSet others) {
    for (std::size_t i = 0; i < levers_.size(); ++i) {
      if ((others & lever_bit(i)) == 0) continue;
      levers_[i].excludes |= lever_bit(index);
      levers_[index].excludes |= lever_bit(i);
    }
  }

  void exclude_rivals() {
    for (std::size_t i = 0; i < levers_.size(); ++i) {
      for (std::size_t j = 0; j < i; ++j) {
        const bool rivals = std::ranges::any_of(levers_[i].sets, [&](const std::string& input) {
          return std::ranges::find(levers_[j].sets, input) != levers_[j].sets.end();
        });
        if (rivals) exclude(i, lever_bit(j));
      }
    }
  }

  void close_needs() {
    for (bool grown = true; grown;) {
      grown = false;
      for (std::size_t i = 0; i < levers_.size(); ++i) {
        LeverSet needs = levers_[i].needs;
        for (std::size_t j = 0; j < levers_.size(); ++j)
          if ((needs & lever_bit(j)) != 0) needs |= levers_[j].needs;
        needs &= ~lever_bit(i);
        grown = grown || needs != levers_[i].needs;
        levers_[i].needs = needs;
      }
    }
  }

  void check_possible(std::size_t index) {
    const LeverConflict conflict = find_conflict(levers_, levers_[index].needs | lever_bit(index));
    if (conflict.message.empty()) return;
    const LeverDeclaration& declaration = declarations_.levers[index];
    const Scalar& place = declaration.requires_.empty() ? declaration.name : declaration.requires_.front();
    report_.error(place.place, fmt::format("lever '{}' can never be pulled: it requires {}, and {}",
                                           levers_[index].name, quoted(levers_[index].needs), conflict.message));
  }

  [[nodiscard]] std::string quoted(LeverSet set) const {
    std::vector<std::string> words;
    for (std::size_t i = 0; i < levers_.size(); ++i)
      if ((set & lever_bit(i)) != 0) words.push_back("'" + levers_[i].name + "'");
    const std::vector<std::string_view> views(words.begin(), words.end());
    return enumerate(views);
  }

  Declarations& declarations_;
  Report& report_;
  std::vector<std::string> inputs_, lines_, names_;
  std::vector<Lever> levers_;
};

/// Bits of levers that there are not.
bool has_others(const std::vector<Lever>& levers, LeverSet set) {
  return levers.size() < kMostLevers && (set >> levers.size()) != 0;
}

std::string in_common(const Lever& a, const Lever& b) {
  for (const std::string& input : a.sets)
    if (std::ranges::find(b.sets, input) != b.sets.end()) return input;
  return "";
}

void append(std::vector<LineDeclaration>& lines, const std::vector<LineDeclaration>& more) {
  const std::size_t first = lines.size();
  for (LineDeclaration line : more) {
    if (line.parent) *line.parent += first;
    lines.push_back(std::move(line));
  }
}

}  // namespace

std::vector<Lever> settle_levers(Declarations& declarations, Report& report) {
  return LeverSettler(declarations, report).settle();
}

LeverConflict find_conflict(const std::vector<Lever>& levers, LeverSet set) {
  if (has_others(levers, set))
    return {fmt::format("there are {} levers, and more are to be pulled", levers.size()), ""};
  for (std::size_t i = 0; i < levers.size(); ++i) {
    if ((set & lever_bit(i)) == 0) continue;
    for (std::size_t j = 0; j < levers.size(); ++j) {
      const std::string &a = levers[i].name, &b = levers[j].name;
      if ((levers[i].needs & ~set & lever_bit(j)) != 0)
        return {fmt::format("lever '{}' requires '{}'", a, b), fmt::format("pull '{}' too", b)};
      if (j <= i || (levers[i].excludes & set & lever_bit(j)) == 0) continue;
      const std::string input = in_common(levers[i], levers[j]);
      return {input.empty() ? fmt::format("levers '{}' and '{}' exclude each other", a, b)
                            : fmt::format("levers '{}' and '{}' both set '{}' and exclude each other", a, b, input),
              "pull one of the two"};
    }
  }
  return {};
}

bool is_possible(const std::vector<Lever>& levers, LeverSet set) {
  if (has_others(levers, set)) return false;
  for (std::size_t i = 0; i < levers.size(); ++i) {
    if ((set & lever_bit(i)) == 0) continue;
    if ((levers[i].needs & ~set) != 0 || (levers[i].excludes & set) != 0) return false;
  }
  return true;
}

Declarations with_levers(const Declarations& declarations, LeverSet set) {
  Declarations out = declarations;
  for (std::size_t i = 0; i < declarations.levers.size(); ++i) {
    if ((set & lever_bit(i)) == 0) continue;
    const LeverDeclaration& lever = declarations.levers[i];
    const auto find_input = [&](const InputChange& change) {
      return std::ranges::find_if(out.inputs,
                                  [&](const InputDeclaration& input) { return input.name.text == change.input.text; });
    };
    for (const InputChange& change : lever.sets)
      if (const auto input = find_input(change); input != out.inputs.end()) input->set_by = &change;
    for (const InputChange& change : lever.scales)
      if (const auto input = find_input(change); input != out.inputs.end()) input->scaled_by.push_back(&change);
    for (const Scalar& name : lever.removes) {
      for (LineDeclaration& line : out.lines) {
        const bool own = line.title == name.text;
        const bool item = line.parent && out.lines[*line.parent].title == name.text;
        if (own || item) line.removed_by = lever.name.text;
      }
    }
  }
  for (std::size_t i = 0; i < declarations.levers.size(); ++i) {
    if ((set & lever_bit(i)) == 0) continue;
    append(out.lines, declarations.levers[i].adds);
    append(out.lines, declarations.levers[i].cost);
  }
  return out;
}

}  // namespace tcosim
