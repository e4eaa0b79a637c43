#!/usr/bin/env bash
# The npm packages in an empty project, offline.
. "$(dirname "$0")/common.sh"

ls "$dist"/tidyglot-"$version".tgz > /dev/null 2>&1 || packaging/npm.sh
empty=$(mktemp -d)
trap 'rm -rf "$empty"' EXIT
step "from nothing to the first finding"
mkdir "$empty/project"
echo '{ "private": true }' > "$empty/project/package.json"
start=$(date +%s.%N)
(cd "$empty/project" && npm install --silent --offline --no-audit --no-fund --omit=optional --ignore-scripts --cache "$empty/npm" "$dist"/tidyglot-linux-*.tgz "$dist/tidyglot-$version.tgz")
try "$empty/project/node_modules/.bin:$(dirname "$(readlink -f "$(command -v node)")"):/usr/bin:/bin"
echo "npm install and first finding: $(since "$start" "$found_at") s"
step "without the binary's package it says so"
rm -rf "$empty/project/node_modules/@tidyglot"
status=0
node "$empty/project/node_modules/tidyglot/bin/tidyglot.js" check 2>&1 || status=$?
[ "$status" = 2 ] || { echo "expected status 2, got $status"; exit 1; }
