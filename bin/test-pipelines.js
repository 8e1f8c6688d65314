// `TARGET=embedded|localstack|aws npm run test:pipelines`: one suite for every place that a pipeline may stand in.
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { prepare, root } from "./prepare.js";

const target = process.env.TARGET ?? "embedded";
const words = process.argv.slice(2).filter((word) => word !== "--yes-real-aws");
const isMeant = words.length < process.argv.length - 2;

if (!["embedded", "localstack", "aws"].includes(target)) {
  stop(`TARGET is "${target}": it is embedded, localstack or aws.`);
}
if (target === "aws") {
  say(
    "TARGET=aws: this puts records on the streams of your own AWS account and invokes its functions and endpoint.",
  );
  say(
    "It needs credentials, a region, and the stack deployed: see To AWS in the README. AWS charges for it.",
  );
  if (!isMeant) stop("If you mean it: TARGET=aws npm run test:pipelines -- --yes-real-aws");
}
if (target === "localstack") {
  const url = process.env.WAVETANK_LOCALSTACK_URL ?? "http://127.0.0.1:4566";
  await fetch(url).catch(() => {
    say(`TARGET=localstack: nothing answers at ${url}.`);
    say("  docker run -d -p 127.0.0.1:4566:4566 localstack/localstack:4.14.0");
    stop("WAVETANK_LOCALSTACK_URL names another address.");
  });
}
prepare();
const { status } = spawnSync(
  process.execPath,
  [
    join(root, "node_modules/vitest/vitest.mjs"),
    "run",
    "test/pipelines",
    // Outside of the tank, stacks have names that are taken once.
    ...(target === "embedded"
      ? []
      : ["--sequence.concurrent=false", "--no-file-parallelism", "--testTimeout=120000"]),
    ...words,
  ],
  { cwd: root, stdio: "inherit", env: { ...process.env, TARGET: target } },
);
process.exit(status ?? 1);

function say(message) {
  process.stderr.write(`${message}\n`);
}

function stop(message) {
  say(message);
  process.exit(2);
}
