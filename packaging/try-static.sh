#!/usr/bin/env bash
# The static binary in an environment with nothing in it: not even the C library of this machine, where that can be.
. "$(dirname "$0")/common.sh"

name=tidyglot-$version-$target
[ -f "$dist/$name.tar.gz" ] || packaging/static.sh
empty=$(mktemp -d)
trap 'rm -rf "$empty"' EXIT
step "checksum, unpack, first finding"
start=$(date +%s.%N)
(cd "$dist" && sha256sum --quiet --check "$name.tar.gz.sha256")
tar -C "$empty" -xzf "$dist/$name.tar.gz"
try "$empty/$name:/usr/bin:/bin"
echo "from the archive to the first finding: $(since "$start" "$found_at") s"
step "no library of this machine is needed"
if ldd "$empty/$name/tidyglot" > /dev/null 2>&1 && ! ldd "$empty/$name/tidyglot" 2>&1 | grep -qE 'statically linked|not a dynamic'; then
  ldd "$empty/$name/tidyglot"
  exit 1
fi
if unshare -r true 2>/dev/null; then
  sample "$empty"
  status=0
  unshare -rn chroot "$empty" "/$name/tidyglot" check /sample.txt --format concise || status=$?
  [ "$status" = 1 ] || { echo "in a folder of its own: expected status 1, got $status"; exit 1; }
fi
step "start-up"
for _ in 1 2 3; do
  /usr/bin/env time -f '%e s, %M KB' "$empty/$name/tidyglot" --version 2>&1 || true
done
