# What the scripts of this folder share; read with `.`, not run.
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
cd "$root"
version=$(sed -n 's/^version = "\(.*\)"/\1/p' Cargo.toml | head -1)
target=${TARGET:-$(uname -m)-unknown-linux-musl}
dist=$root/target/dist
mkdir -p "$dist"

step() { printf '\n== %s\n' "$*"; }

# A text whose damage every build must find and mend.
sample() { printf 'The caf\303\203\302\251 opens at nine.\n' > "$1/sample.txt"; }

# Runs a command in an environment that knows nothing of this machine: no variables, an empty home, and where the
# system allows it no network.
bare() {
  local offline=()
  unshare -rn true 2>/dev/null && offline=(unshare -rn)
  "${offline[@]}" env -i HOME="$empty" PATH="$1" LC_ALL=C "${@:2}"
}

# Tries an installed tidyglot: finds (status 1), mends, finds nothing more (status 0). Arguments: PATH.
try() {
  sample "$empty"
  local status=0 out
  out=$(cd "$empty" && bare "$1" tidyglot check sample.txt --format concise) || status=$?
  printf '%s\n' "$out"
  [ "$status" = 1 ] || { echo "expected status 1, got $status"; exit 1; }
  case $out in sample.txt:1:8:*encoding/mojibake*) ;; *) echo "not the expected finding"; exit 1 ;; esac
  found_at=$(date +%s.%N)
  (cd "$empty" && bare "$1" tidyglot fix sample.txt > /dev/null && bare "$1" tidyglot check sample.txt > /dev/null)
  [ "$(cat "$empty/sample.txt")" = "$(printf 'The caf\303\251 opens at nine.')" ] || { echo "not mended"; exit 1; }
  bare "$1" tidyglot --version
}

# Seconds between two moments.
since() { awk -v a="$1" -v b="$2" 'BEGIN { printf "%.1f", b - a }'; }
