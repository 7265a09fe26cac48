#!/usr/bin/env bash
# includes.sh names each of these breaches, and nothing in a tree without them.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
tree=$(mktemp -d)
trap 'rm -rf "$tree"' EXIT
mkdir "$tree"/{distributions,scenarios,sim,plots,cli}
echo '#include "sim/result.hpp"' >"$tree/plots/fine.cpp"
echo '#include <iostream>' >"$tree/cli/fine.cpp"
"$here/includes.sh" "$tree"

# expect FILE LINE RULE: with that line in that file, the rule is named.
expect() {
  echo "$2" >"$tree/$1"
  local output
  output=$("$here/includes.sh" "$tree") && { echo "$1: '$2' was not found"; exit 1; }
  [[ $output == *"$1:1:"*"$3"* ]] || { echo "$1: '$2' gave: $output"; exit 1; }
  rm "$tree/$1"
}
expect distributions/a.hpp '#include "scenarios/units.hpp"' 'distributions knows nothing of scenarios'
expect sim/a.cpp '#include "cli/options.hpp"' 'sim knows nothing of cli'
expect plots/a.cpp '#include "sim/simulate.hpp"' 'plots sees results only'
expect plots/a.cpp '#include <tbb/parallel_for.h>' 'oneTBB belongs to sim'
expect sim/table.cpp '#include <hwy/highway.h>' 'Highway belongs to *_kernel.cpp'
expect cli/a.cpp '#include <yaml-cpp/yaml.h>' 'YAML, PEGTL and UDUNITS-2 belong to scenarios'
expect scenarios/a.cpp 'std::exit(1);' 'only cli prints and exits'
