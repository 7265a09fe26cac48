// What one resolution of a file leaves for the next: units, data files, fits, tables of compound distributions,
// solved correlations.
// Own design; internal to the reader. Promises nothing that changes a result: all of it would come out the same again.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "distributions/catalogue.hpp"
#include "scenarios/correlation_links.hpp"
#include "scenarios/units.hpp"

namespace tcosim {

class DataFile;
struct FitReport;

/// Of one set of declarations; not to be used by several threads at once.
struct ResolutionCache {
  std::optional<UnitSystem> units;          ///< with what the file declares
  std::map<std::string, Unit> input_units;  ///< by input: of the value in the file, which a lever's `set` may leave out
  std::map<std::string, std::shared_ptr<const DataFile>> data_files;  ///< by path
  std::map<std::string, std::shared_ptr<const FitReport>> fits;       ///< by file, query and options
  CorrelationCache correlations;

  /// Distributions made of others; a compound is a table, made in milliseconds.
  struct Compound {
    Distribution frequency, severity, sum;
  };
  std::vector<Compound> compounds;
  /// Calls with distributions among their arguments.
  struct Call {
    const Family* family = nullptr;
    std::vector<NamedArgument> arguments;
    Distribution distribution;
  };
  std::vector<Call> calls;
};

/// tcosim::compound and tcosim::bind; what is made of the same distributions is made once.
[[nodiscard]] Expected<Distribution, BindError> compound_of(Distribution frequency, Distribution severity,
                                                            ResolutionCache& cache);
[[nodiscard]] Expected<Distribution, BindError> bind_once(const Family& family,
                                                          const std::vector<NamedArgument>& arguments,
                                                          ResolutionCache& cache);

}  // namespace tcosim
