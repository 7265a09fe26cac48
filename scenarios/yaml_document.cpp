#include "scenarios/yaml_document.hpp"

#include <fmt/format.h>
#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/yaml.h>

#include <optional>
#include <sstream>
#include <unordered_map>
#include <utility>

#include "scenarios/yaml_checks.hpp"

namespace tcosim {
namespace {

// Builds the tree from yaml-cpp's events, bottom up on a stack of open nodes.
class TreeBuilder : public YAML::EventHandler {
 public:
  TreeBuilder(const SourceText& source, Report& report) : source_(source), report_(report) {}

  YamlNode take_root() { return std::move(root_); }
  [[nodiscard]] std::size_t documents() const { return documents_; }

  void OnDocumentStart(const YAML::Mark& mark) override {
    if (++documents_ == 2)
      report_.error(at(mark, 3), "a second document starts here; a scenario file holds one", "remove the '---'");
  }
  void OnDocumentEnd() override {}

  void OnNull(const YAML::Mark& mark, YAML::anchor_t anchor) override {
    refuse_anchor(mark, anchor);
    YamlNode node;
    node.scalar.place = at(mark);
    const bool key = !stack_.empty() && stack_.back().node.kind == YamlNode::Kind::map && !stack_.back().key;
    if (const std::size_t length = written_null(node.scalar.place.offset, key); length > 0) {
      node.kind = YamlNode::Kind::scalar;
      node.scalar.text = source_.text.substr(node.scalar.place.offset, length);
      node.scalar.place.length = length;
    }
    add(std::move(node));
  }

  void OnAlias(const YAML::Mark& mark, YAML::anchor_t) override {
    if (!std::exchange(alias_reported_, true))
      report_.error(at(mark), "aliases (*name) are not part of the scenario format", "write the values out");
    YamlNode node;
    node.scalar.place = at(mark);
    node.torn = true;
    add(std::move(node));
  }

  void OnScalar(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                const std::string& value) override {
    refuse_anchor(mark, anchor);
    refuse_tag(mark, tag);
    YamlNode node;
    node.kind = YamlNode::Kind::scalar;
    node.scalar = {value, at(mark), tag == "!"};
    const Place whole = locate(node.scalar, {0, static_cast<int>(value.size())});
    node.scalar.place.length = whole.offset + whole.length - node.scalar.place.offset;
    add(std::move(node));
  }

  void OnSequenceStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                       YAML::EmitterStyle::value style) override {
    open(YamlNode::Kind::sequence, mark, tag, anchor, style);
  }
  void OnSequenceEnd() override { close(); }
  void OnMapStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                  YAML::EmitterStyle::value style) override {
    open(YamlNode::Kind::map, mark, tag, anchor, style);
  }
  void OnMapEnd() override { close(); }

 private:
  struct Open {
    YamlNode node;
    std::optional<Scalar> key;
  };

  Place at(const YAML::Mark& mark, std::size_t length = 1) const {
    return {&source_, static_cast<std::size_t>(mark.pos < 0 ? 0 : mark.pos), length};
  }

  // yaml-cpp makes nothing of `null` and `~`; to us they are words. An empty value has the next token's mark.
  std::size_t written_null(std::size_t offset, bool key) const {
    const std::string& text = source_.text;
    std::size_t before = offset;
    while (before > 0 && text[before - 1] == ' ') --before;
    if (!key && before == 0) return 0;
    if (!key && std::string_view(":-[,{?").find(text[before - 1]) == std::string_view::npos) return 0;
    if (text.compare(offset, 1, "~") == 0) return 1;
    for (const char* word : {"null", "Null", "NULL"})
      if (text.compare(offset, 4, word) == 0) return 4;
    return 0;
  }

  void refuse_anchor(const YAML::Mark& mark, YAML::anchor_t anchor) {
    if (anchor != 0 && !std::exchange(anchor_reported_, true))
      report_.error(at(mark), "anchors (&name) are not part of the scenario format", "remove the '&name'");
  }
  void refuse_tag(const YAML::Mark& mark, const std::string& tag) {
    if (!tag.empty() && tag != "?" && tag != "!") {
      report_.error(at(mark), fmt::format("tags such as '{}' are not part of the scenario format", tag),
                    "remove the tag");
    }
  }

  void open(YamlNode::Kind kind, const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
            YAML::EmitterStyle::value style) {
    refuse_anchor(mark, anchor);
    refuse_tag(mark, tag);
    Open frame;
    frame.node.kind = kind;
    frame.node.flow = style == YAML::EmitterStyle::Flow;
    frame.node.scalar.place = at(mark);
    stack_.push_back(std::move(frame));
  }

  void close() {
    YamlNode node = std::move(stack_.back().node);
    stack_.pop_back();
    if (node.flow) mend_torn_values(node, report_);
    refuse_duplicates(node);
    add(std::move(node));
  }

  void add(YamlNode node) {
    if (stack_.empty()) {
      if (documents_ == 1) root_ = std::move(node);
      return;
    }
    Open& parent = stack_.back();
    if (parent.node.kind == YamlNode::Kind::sequence) {
      parent.node.items.push_back(std::move(node));
    } else if (!parent.key) {
      parent.key = as_key(std::move(node));
    } else {
      if (parent.key->text.empty()) {
        parent.node.incomplete = true;
      } else {
        parent.node.entries.push_back({std::move(*parent.key), std::move(node)});
      }
      parent.key.reset();
    }
  }

  // An empty text marks a key that has been reported and is dropped with its value.
  Scalar as_key(YamlNode node) {
    if (node.kind != YamlNode::Kind::scalar || node.scalar.text.empty()) {
      if (!node.torn) report_.error(node.scalar.place, "a key must be a word");
      return {"", node.scalar.place, false};
    }
    if (node.scalar.text != "<<") return std::move(node.scalar);
    report_.error(node.scalar.place, "merge keys ('<<') are not part of the scenario format", "write the values out");
    return {"", node.scalar.place, false};
  }

  void refuse_duplicates(YamlNode& map) {
    std::unordered_map<std::string, Place> places;
    std::vector<YamlEntry> first_ones;
    for (YamlEntry& entry : map.entries) {
      const auto [known, is_new] = places.emplace(entry.key.text, entry.key.place);
      if (is_new) {
        first_ones.push_back(std::move(entry));
      } else {
        report_.error(entry.key.place, fmt::format("'{}' is here twice; the first is in line {}", entry.key.text,
                                                   to_span(known->second).line));
      }
    }
    map.entries = std::move(first_ones);
  }

  const SourceText& source_;
  Report& report_;
  std::vector<Open> stack_;
  YamlNode root_;
  std::size_t documents_ = 0;
  bool alias_reported_ = false, anchor_reported_ = false;  // one of a kind is enough
};

}  // namespace

YamlNode parse_yaml(const SourceText& source, Report& report) {
  if (!check_layout(source, report)) return {};
  std::istringstream stream(source.text);
  TreeBuilder builder(source, report);
  const std::size_t errors = report.error_count();
  try {
    YAML::Parser parser(stream);
    while (builder.documents() < 2 && parser.HandleNextDocument(builder)) {
    }
  } catch (const YAML::Exception& exception) {
    const std::size_t offset = exception.mark.is_null() ? 0 : static_cast<std::size_t>(exception.mark.pos);
    explain_yaml_error(source, offset, exception.msg, report);
    return {};
  }
  if (builder.documents() == 0) {
    report.error({&source, kWholeFile}, "the file is empty", "'tcosim new' writes a scenario to start from");
    return {};
  }
  YamlNode root = builder.take_root();
  if (root.kind == YamlNode::Kind::map || report.error_count() > errors) return root;
  report.error(root.scalar.place, "a scenario is made of lines such as 'title: My project'",
               root.kind == YamlNode::Kind::scalar ? "is a ':' missing?" : "");
  return {};
}

}  // namespace tcosim
