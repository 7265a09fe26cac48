#!/usr/bin/env bash
# Fails where a folder includes from its right in the line of data flow, or a library leaves its room.
# includes.sh ROOT
set -euo pipefail
cd "$1"
folders=(distributions scenarios sim plots cli)
breaches=0

# breach RULE: reads "FILE:LINE:TEXT" lines, prints each with the rule it breaks.
breach() {
  local line
  while IFS= read -r line; do
    echo "$line  <- $1"
    breaches=$((breaches + 1))
  done
}

# found FOLDER PATTERN: lines of the folder's sources that match.
found() {
  grep -rnE --include='*.[ch]pp' "$2" "$1" || true
}

# Includes of our own headers name this folder or one to its left.
for i in "${!folders[@]}"; do
  for right in "${folders[@]:i+1}"; do
    breach "${folders[i]} knows nothing of $right" < <(found "${folders[i]}" "#include \"$right/")
  done
done
breach "plots sees results only" < <(found plots '#include "sim/' | grep -vE '"sim/([a-z_/]*result|input_summary)\.hpp"')

# Each library has its room.
for folder in "${folders[@]}"; do
  [[ $folder == sim ]] ||
    breach "oneTBB belongs to sim" < <(found "$folder" '#include <(oneapi/)?tbb')
  breach "Highway belongs to *_kernel.cpp and their *-inl.hpp" < <(
    found "$folder" '#include [<"]hwy/' | grep -vE '(_kernel\.cpp|-inl\.hpp):')
  [[ $folder == scenarios ]] ||
    breach "YAML, PEGTL and UDUNITS-2 belong to scenarios" < <(found "$folder" '#include <(yaml-cpp|tao/pegtl|udunits2)')
  [[ $folder == cli ]] ||
    breach "only cli prints and exits" < <(found "$folder" '#include <iostream>|std::(exit|abort|quick_exit|printf|fprintf|puts)\(|\bstd::cout\b|\bfmt::print\(')
done

((breaches == 0)) || {
  echo "$breaches breaches"
  exit 1
}
