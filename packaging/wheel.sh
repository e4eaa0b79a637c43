#!/usr/bin/env bash
# Builds the Python wheel with the binary inside: target/dist/tidyglot-VERSION-*.whl. The binary is static, so one wheel
# is for every Linux of this machine's kind.
. "$(dirname "$0")/common.sh"

tools=$root/target/wheel-tools
[ -x "$tools/bin/maturin" ] || { python3 -m venv "$tools" && "$tools/bin/pip" install --quiet "maturin>=1.9,<2"; }
rustc --print target-libdir --target "$target" 2>/dev/null | xargs -r test -d || rustup target add "$target"
rm -f "$dist"/tidyglot-*.whl
cd packaging/python
"$tools/bin/maturin" build --release --locked --strip --target "$target" --compatibility manylinux2014 musllinux_1_2 --out "$dist"
ls "$dist"/tidyglot-*.whl
