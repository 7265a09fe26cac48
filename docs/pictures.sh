#!/usr/bin/env bash
# The charts and the report of docs/, from scenarios of the library: pictures.sh PROGRAM FOLDER
# Pictures go to FOLDER/pictures as SVG (two as PNG), the report to FOLDER/report.html; docs/charts.md shows them.
set -euo pipefail
program=$(realpath "$1")
folder=$(realpath -m "$2")
cd "$(dirname "${BASH_SOURCE[0]}")/../scenarios/library"
export SOURCE_DATE_EPOCH=1795219200  # a fixed day on the page: the same bytes every time
made=$(mktemp -d)
trap 'rm -rf "$made"' EXIT

"$program" run support_assistant.yaml --quiet --html "$made/report.html" --charts "$made/charts"
"$program" compare support_assistant.yaml support_assistant_optimized.yaml --quiet --charts "$made/charts"
"$program" levers levers.yaml --quiet --charts "$made/charts"
"$program" fit data/gcp_gpu_price_history.csv --column "spot_usd_per_hour / gpu_count" --where "gpu=H100-80GB, date >= 2026" --charts "$made/charts" >"$made/fit.txt"

mkdir -p "$folder/pictures"
rm -f "$folder"/pictures/*.svg "$folder"/pictures/*.png
cp "$made"/charts/*.svg "$folder/pictures/"
# Of charts an input has, one; with thousands of points, as PNG, which is a quarter of the size.
rm -f "$folder"/pictures/{scatter-*,fit-qq}.svg
cp "$made"/charts/{scatter-engineer_time,fit-qq}.png "$folder/pictures/"
cp "$made/report.html" "$folder/report.html"
