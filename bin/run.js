// Runs a TypeScript program of the repository, e.g. `node bin/run.js test/bench/main.ts`.
import { importSource } from "./import-source.js";
import { root } from "./prepare.js";

process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= "true";
process.chdir(root);
const [entry] = process.argv.splice(2, 1);
await importSource(entry);
