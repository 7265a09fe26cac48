#include "scenarios/source.hpp"

#include <algorithm>
#include <utility>

namespace tcosim {
namespace {

constexpr std::size_t kMostDiagnostics = 1000;
constexpr std::size_t kLongestShownLine = 1000;  // bytes; a longer line under a message helps nobody

bool is_blank(char c) {
  return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

bool continues_character(char c) {
  return (static_cast<unsigned char>(c) & 0xC0U) == 0x80U;
}

int characters(std::string_view text) {
  return static_cast<int>(std::count_if(text.begin(), text.end(), [](char c) { return !continues_character(c); }));
}

std::size_t line_index(const SourceText& source, std::size_t offset) {
  const auto after = std::upper_bound(source.line_starts.begin(), source.line_starts.end(), offset);
  return static_cast<std::size_t>(after - source.line_starts.begin()) - 1;
}

std::string_view line_text(const SourceText& source, std::size_t line) {
  const std::size_t begin = source.line_starts[line];
  std::size_t end = line + 1 < source.line_starts.size() ? source.line_starts[line + 1] : source.text.size();
  while (end > begin && (source.text[end - 1] == '\n' || source.text[end - 1] == '\r')) --end;
  return std::string_view(source.text).substr(begin, end - begin);
}

// Where the characters of a scalar begin: behind the quote, or on the line after a block scalar's `|`.
std::size_t content_start(const Scalar& scalar) {
  const std::string& text = scalar.place.source->text;
  const std::size_t offset = scalar.place.offset;
  if (scalar.place.source->is_option || offset >= text.size()) return offset;
  if (text[offset] == '"' || text[offset] == '\'') return offset + 1;
  if (!scalar.quoted) return offset;
  const std::size_t line_end = text.find('\n', offset);
  return line_end == std::string::npos ? offset : line_end + 1;
}

}  // namespace

SourceText make_source(std::string file, std::string text, bool is_option) {
  SourceText source{std::move(file), std::move(text), is_option, {0}};
  for (std::size_t i = 0; i < source.text.size(); ++i)
    if (source.text[i] == '\n') source.line_starts.push_back(i + 1);
  return source;
}

Span to_span(const Place& place) {
  if (place.source == nullptr) return {};
  if (place.offset == kWholeFile) return {place.source->file, 0, 0, 1};
  const std::size_t offset = std::min(place.offset, place.source->text.size());
  const std::size_t line = line_index(*place.source, offset);
  const std::string_view content = line_text(*place.source, line);
  const std::size_t column = std::min(offset - place.source->line_starts[line], content.size());
  const std::size_t length = std::min(place.length, content.size() - column);
  return {place.source->file, static_cast<int>(line) + 1, characters(content.substr(0, column)) + 1,
          std::max(1, characters(content.substr(column, length)))};
}

std::string source_line(const Place& place) {
  if (place.source == nullptr || place.offset == kWholeFile) return "";
  const std::size_t offset = std::min(place.offset, place.source->text.size());
  const std::string_view line = line_text(*place.source, line_index(*place.source, offset));
  return line.size() > kLongestShownLine ? "" : std::string(line);
}

Place locate(const Scalar& scalar, TextRange range) {
  if (scalar.place.source == nullptr) return scalar.place;
  const std::string& source = scalar.place.source->text;
  const auto wanted = static_cast<std::size_t>(std::max(range.offset, 0));
  const std::size_t last = wanted + static_cast<std::size_t>(std::max(range.length, 1)) - 1;
  std::size_t at = content_start(scalar), begin = at, end = at + 1;
  bool found = false;
  for (std::size_t i = 0; i < scalar.text.size() && i <= last; ++i) {
    const char c = scalar.text[i];
    if (is_blank(c)) continue;
    while (at < source.size() && source[at] != c) ++at;
    if (i >= wanted && !found) {
      begin = at;
      found = true;
    }
    end = ++at;
  }
  if (!found) begin = at, end = at + 1;  // past the end of the text: behind its last character
  return {scalar.place.source, begin, end - begin};
}

const SourceText& Report::add_source(SourceText source) {
  sources_.push_back(std::make_shared<const SourceText>(std::move(source)));
  return *sources_.back();
}

void Report::add(Severity severity, const Place& place, std::string message, std::string suggestion) {
  if (severity == Severity::error) ++errors_;
  if (entries_.size() >= kMostDiagnostics && severity != Severity::error) return;
  if (errors_ > kMostDiagnostics) return;
  std::size_t rank = 0;
  while (rank < sources_.size() && sources_[rank].get() != place.source) ++rank;
  entries_.push_back({severity, rank, place, std::move(message), std::move(suggestion)});
}

void Report::error(const Place& place, std::string message, std::string suggestion) {
  add(Severity::error, place, std::move(message), std::move(suggestion));
}

void Report::warning(const Place& place, std::string message, std::string suggestion) {
  add(Severity::warning, place, std::move(message), std::move(suggestion));
}

void Report::note(const Place& place, std::string message) {
  add(Severity::note, place, std::move(message), "");
}

void Report::add_new(const Report& other, const Place& part, const std::string& context) {
  const auto same = [](const Entry& a, const Entry& b) {
    return a.place.source == b.place.source && a.place.offset == b.place.offset && a.message == b.message;
  };
  for (const Entry& entry : other.entries_) {
    const bool within = entry.place.source == part.source && entry.place.offset >= part.offset &&
                        entry.place.offset < part.offset + part.length;
    if (entry.severity == Severity::note && !within) continue;
    if (std::ranges::any_of(entries_, [&](const Entry& known) { return same(known, entry); })) continue;
    add(entry.severity, entry.place, entry.message, entry.suggestion);
    if (!within && !entries_.empty() && same(entries_.back(), entry)) entries_.back().context = context;
  }
}

std::vector<Diagnostic> Report::take() {
  const auto position = [](const Entry& entry) {  // the file as a whole comes first
    return std::pair(entry.rank, entry.place.offset == kWholeFile ? 0 : entry.place.offset + 1);
  };
  std::stable_sort(entries_.begin(), entries_.end(),
                   [&](const Entry& a, const Entry& b) { return position(a) < position(b); });
  std::vector<Diagnostic> out;
  for (std::size_t i = 0; i < entries_.size(); ++i) {
    Entry& entry = entries_[i];
    if (i > 0 && position(entry) == position(entries_[i - 1]) && entry.message == entries_[i - 1].message) {
      if (entry.context.empty()) out.back().message = entry.message;  // in every case, not in the one alone
      continue;
    }
    out.push_back({entry.severity, to_span(entry.place),
                   entry.context.empty() ? entry.message : entry.message + ' ' + entry.context,
                   std::move(entry.suggestion), source_line(entry.place)});
  }
  entries_.clear();
  return out;
}

}  // namespace tcosim
