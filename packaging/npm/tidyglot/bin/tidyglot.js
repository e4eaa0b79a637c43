#!/usr/bin/env node
"use strict";
// Runs the binary of this platform, which is in a package of its own. Nothing is fetched, at installation or later.
const { spawnSync } = require("node:child_process");
const { constants } = require("node:os");

const name = `@tidyglot/${process.platform}-${process.arch}`;
let binary;
try {
  binary = require.resolve(`${name}/bin/tidyglot${process.platform === "win32" ? ".exe" : ""}`);
} catch {
  console.error(`tidyglot: there is no package ${name}; install it, or tidyglot itself another way`);
  process.exit(2);
}
const done = spawnSync(binary, process.argv.slice(2), { stdio: "inherit", windowsHide: true });
if (done.error) {
  console.error(`tidyglot: ${done.error.message}`);
  process.exit(2);
}
process.exit(done.signal ? 128 + (constants.signals[done.signal] ?? 0) : done.status);
