#!/usr/bin/env bash
# Builds a static binary and packs it: target/dist/tidyglot-VERSION-TARGET.tar.gz, with its checksum beside it.
# TARGET=aarch64-unknown-linux-musl packaging/static.sh builds for another machine, where a linker for it is there.
. "$(dirname "$0")/common.sh"

if ! rustc --print target-libdir --target "$target" 2>/dev/null | xargs -r test -d; then
  rustup target add "$target"
fi
cargo build --release --locked --target "$target"
binary=target/$target/release/tidyglot
name=tidyglot-$version-$target
rm -rf "${dist:?}/$name" "$dist/$name.tar.gz"
mkdir -p "$dist/$name/completions"
cp "$binary" README.md LICENSE-MIT LICENSE-APACHE NOTICE CHANGELOG.md "$dist/$name/"
strip "$dist/$name/tidyglot" 2>/dev/null || true
"$binary" man > "$dist/$name/tidyglot.1"
for shell in bash zsh fish powershell elvish; do
  "$binary" completions "$shell" > "$dist/$name/completions/tidyglot.$shell"
done
# The same files give the same archive: sorted names, no owner, the time of the last commit.
when=$(git log -1 --format=%ct 2>/dev/null || echo 0)
tar -C "$dist" --sort=name --owner=0 --group=0 --numeric-owner --mtime="@$when" -cf - "$name" | gzip -n -9 > "$dist/$name.tar.gz"
(cd "$dist" && sha256sum "$name.tar.gz" > "$name.tar.gz.sha256" && cat "$name.tar.gz.sha256")
