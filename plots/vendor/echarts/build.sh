#!/usr/bin/env bash
# Makes echarts.min.js again: the parts of Apache ECharts that entry.js names, as one ECMAScript 5 script.
# Needs node, npm and their registry; nothing else of the project does. Two steps, since Duktape refuses an `in` within
# the head of a for loop, which esbuild's own minifier of syntax writes.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cp "$here/entry.js" "$here/package.json" "$here/package-lock.json" "$work"
cd "$work"
npm ci --silent
node_modules/.bin/esbuild entry.js --bundle --minify-whitespace --minify-identifiers --target=es5 --format=iife \
  --legal-comments=none --outfile=bundle.js
{
  echo "/* Apache ECharts $(node -p 'require("echarts/package.json").version'), Apache License 2.0; with ZRender, BSD 3-Clause, and tslib, 0BSD. See LICENSE and NOTICE beside this file's source. */"
  node_modules/.bin/terser bundle.js --ecma 5 --compress --mangle
} >"$here/echarts.min.js"
cp node_modules/echarts/LICENSE node_modules/echarts/NOTICE "$here/"
cp node_modules/zrender/LICENSE "$here/LICENSE.zrender"
cp node_modules/tslib/LICENSE.txt "$here/LICENSE.tslib"
cp node_modules/echarts/licenses/LICENSE-d3 "$here/LICENSE.d3"
