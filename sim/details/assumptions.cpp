#include "sim/details/assumptions.hpp"

#include <cstddef>
#include <utility>

namespace tcosim {

std::vector<Assumption> input_assumptions(const Scenario& scenario, std::vector<InputSummary> summaries) {
  std::vector<Assumption> assumptions;
  assumptions.reserve(summaries.size());
  for (std::size_t i = 0; i < summaries.size(); ++i) {
    const Annotation& said = scenario.inputs[i].annotation;
    assumptions.push_back({std::move(summaries[i]), said.note, said.source, said.owner, said.tags});
  }
  return assumptions;
}

std::vector<LineAssumption> line_assumptions(const Scenario& scenario) {
  std::vector<LineAssumption> assumptions;
  assumptions.reserve(scenario.lines.size() + scenario.outputs.size());
  for (const Line& line : scenario.lines) {
    const Annotation& said = line.annotation;
    const std::string parent = line.parent ? scenario.lines[*line.parent].name : "";
    assumptions.push_back({line.name, said.label, name(line.kind), line.category, parent, line.spend_text, line.text,
                           said.note, said.source, said.owner, said.tags});
  }
  for (const Output& output : scenario.outputs) {
    const Annotation& said = output.annotation;
    assumptions.push_back(
        {output.name, said.label, "output", "", "", "", output.text, said.note, said.source, said.owner, said.tags});
  }
  return assumptions;
}

}  // namespace tcosim
