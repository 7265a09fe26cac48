#!/usr/bin/env bash
# The scenario of the README reads without an error and runs; so do those of scenarios/library.
# readme.sh ROOT PROGRAM
set -euo pipefail
example=$(mktemp --suffix .yaml)
trap 'rm -f "$example"' EXIT
sed -n '/^```yaml$/,/^```$/{/^```/d;p}' "$1/README.md" >"$example"
for scenario in "$example" "$1"/scenarios/library/*.yaml; do
  output=$("$2" run "$scenario" --draws 10000)
  [[ $output == *"To be 80% sure, budget"* ]] || { echo "$scenario gave: $output"; exit 1; }
done
