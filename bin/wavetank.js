#!/usr/bin/env node
// The command `wavetank`. In a checkout it installs and builds first, when something is missing or older.
import module from "node:module";
import { isCheckout, prepare } from "./prepare.js";

// From Node 22.8 on: what was compiled once is not compiled again, a tenth of the time to be ready.
module.enableCompileCache?.();

// The AWS SDK announces on Node 20 that it will leave it; the user did not ask.
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= "true";

const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
if (major < 20 || (major === 20 && minor < 19)) {
  process.stderr.write(`wavetank needs Node 20.19 or later; this is ${process.version}.\n`);
  process.exit(1);
}
if (isCheckout) prepare();
await import("../dist/main.js");
