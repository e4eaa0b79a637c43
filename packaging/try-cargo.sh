#!/usr/bin/env bash
# `cargo install --path .` from a clean copy of the sources, into an empty folder, with nothing built before.
. "$(dirname "$0")/common.sh"

empty=$(mktemp -d)
trap 'rm -rf "$empty"' EXIT
mkdir "$empty/source"
git archive HEAD | tar -C "$empty/source" -x
step "from nothing to the first finding"
start=$(date +%s.%N)
cargo install --quiet --locked --path "$empty/source" --root "$empty/installed" --target-dir "$empty/target"
try "$empty/installed/bin:/usr/bin:/bin"
echo "cargo install and first finding: $(since "$start" "$found_at") s"
