import { readFile } from "node:fs/promises";
import * as model from "@aws-sdk/client-kinesis";
import { expect, test } from "vitest";
import { ManualClock } from "../../../emulator/core/clock.ts";
import { Events } from "../../../emulator/core/events.ts";
import { kinesis } from "../../../emulator/services/kinesis/index.ts";
import { kinesisTank } from "./streams.ts";

const readme = await readFile(
  new URL("../../../emulator/services/kinesis/README.md", import.meta.url),
  "utf8",
);
const service = kinesis({ clock: new ManualClock(), events: new Events(), enforceLimits: true });
const published = Object.values(model)
  .filter((schema) => Array.isArray(schema) && schema[0] === 9)
  .map((schema) => String((schema as unknown[])[2]));

test("the README has a row for each operation served, and names each that is not", () => {
  const served = Object.keys(service.operations);
  const rows = [...readme.matchAll(/^\| (\w+) \| yes \|/gm)].map(([, name]) => name);
  expect(rows.sort()).toEqual(served.sort());
  const absent = published.filter((name) => !served.includes(name));
  const missing = absent.filter((name) => !readme.includes(`\`${name}\``));
  expect(missing).toEqual([]);
});

test("an operation that is not served answers 501 and says where to look", async () => {
  await using tank = await kinesisTank();
  const absent = published.filter((name) => !Object.hasOwn(service.operations, name));
  expect(absent.length).toBeGreaterThan(20);
  for (const name of absent) {
    expect(await tank.raw(name, {})).toEqual({
      status: 501,
      body: {
        __type: "NotImplemented",
        message: `${name} is not emulated by Wavetank; see emulator/services/kinesis/README.md`,
      },
    });
  }
});

test("every error that an operation may answer with is one of AWS's", async () => {
  const source = await readFile(
    new URL("../../../emulator/services/kinesis/errors.ts", import.meta.url),
    "utf8",
  );
  const codes = new Set([...source.matchAll(/AwsError\(\s*"(\w+)"/g)].map(([, code]) => code));
  expect(codes.size).toBeGreaterThan(4);
  for (const code of codes) expect(Object.keys(model)).toContain(`${code}$`);
});
