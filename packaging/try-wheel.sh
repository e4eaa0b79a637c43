#!/usr/bin/env bash
# The wheel in a new virtual environment, with no index to fetch anything from.
. "$(dirname "$0")/common.sh"

ls "$dist"/tidyglot-*.whl > /dev/null 2>&1 || packaging/wheel.sh
empty=$(mktemp -d)
trap 'rm -rf "$empty"' EXIT
step "from nothing to the first finding"
python3 -m venv "$empty/venv"
start=$(date +%s.%N)
"$empty/venv/bin/pip" install --quiet --no-index --disable-pip-version-check "$dist"/tidyglot-*.whl
try "$empty/venv/bin:/usr/bin:/bin"
echo "pip install and first finding: $(since "$start" "$found_at") s"
"$empty/venv/bin/pip" uninstall --quiet --yes tidyglot
[ ! -e "$empty/venv/bin/tidyglot" ] || { echo "still there after uninstalling"; exit 1; }
