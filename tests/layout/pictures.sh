#!/usr/bin/env bash
# docs/charts.md shows every chart that the program knows and every picture of docs/pictures; no page links to a file that
# is missing. What is in the pictures is made again by ./dev docs.
# pictures.sh ROOT PROGRAM
set -euo pipefail
cd "$1"
fail=0
complain() {
  echo "$*"
  fail=1
}
charts=$("$2" plot --help | sed -n '/^Charts/,$s/^  \([a-z-]\+\)  .*/\1/p')
[[ -n $charts ]] || complain "tcosim plot --help names no chart"
for chart in $charts; do
  grep -q -e "^### $chart\$" -e "pictures/$chart\.[ps]" docs/charts.md || complain "docs/charts.md does not have the chart $chart"
done
for picture in docs/pictures/*.{svg,png}; do
  grep -q "${picture#docs/}" docs/charts.md || complain "docs/charts.md does not show $picture"
done
for page in README.md docs/charts.md; do
  for link in $(grep -o '](\(\.\./\)\?\(docs\|pictures\|scenarios\)/[^)#]*)' "$page" | sed 's/^](//; s/)$//'); do
    [[ -e $(dirname "$page")/$link ]] || complain "$page links to $link, which is missing"
  done
done
exit $fail
