// The frame of every report: head with its policy, header, contents, sections, footer, data and scripts.
// Own design; landmarks, headings and a skip link as WCAG 2.2 asks.
// Promises hashes in the policy for all that is inline, and nothing from elsewhere.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "plots/report/markup.hpp"
#include "plots/report/report.hpp"

namespace tcosim::report {

struct Section {
  std::string id, title;
  Markup body;  ///< a section without any is left out
};

struct Page {
  std::string title;
  std::vector<std::string> facts;  ///< file, horizon, draws: below the title
  Markup answer;                   ///< opens the page
  std::vector<Section> sections;
  std::vector<std::pair<std::string, std::string>> data;  ///< id and JSON that may stand in a script
};

[[nodiscard]] std::string render(const Page& page);

/// A result's JSON for the page, without what differs from machine to machine (/run/seconds, /run/threads).
[[nodiscard]] std::string result_json(const std::string& json);

}  // namespace tcosim::report
