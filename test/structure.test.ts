import { execFileSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { Backends } from "../emulator/backends/backends.ts";
import { ManualClock } from "../emulator/core/clock.ts";
import { Events } from "../emulator/core/events.ts";
import { services } from "../emulator/services.ts";

const root = resolve(dirname(fileURLToPath(import.meta.url)), "..");

/** Files that git would keep: tracked, or new and not ignored. */
const files = execFileSync("git", ["ls-files", "--cached", "--others", "--exclude-standard"], {
  cwd: root,
  encoding: "utf8",
})
  .split("\n")
  .filter((file) => file !== "" && existsSync(join(root, file)));
const sources = files.filter((file) => /^(emulator|handlers|fixtures|test)\/.*\.ts$/.test(file));
const text = (file: string) => readFileSync(join(root, file), "utf8");

const MAX_LINES = 300;
/** What a clone takes along, whether it is used or not. */
const MAX_FIXTURES_BYTES = 25_000_000;

/** Which layer may import which; the composition root and what stands above it see all below them. */
const layers: Record<string, readonly string[]> = {
  core: ["core"],
  edge: ["core", "edge"],
  "model-server": ["core", "model-server"],
  gateway: ["core", "gateway"],
  services: ["core", "services", "model-server", "gateway"],
  template: ["core", "template"],
  pipelines: ["core", "pipelines"],
  backends: ["core", "services", "backends", "edge"],
  testing: ["core", "testing", "pipelines", "the composition root"],
};

const layerOf = (file: string) => /^emulator\/([^/]+)\//.exec(file)?.[1];
const serviceOf = (file: string) => /^emulator\/services\/([^/]+)\//.exec(file)?.[1];

function importsOf(file: string): string[] {
  const found = text(file).matchAll(/(?:from|import)\s*\(?\s*"(\.[^"]+)"/g);
  return [...found].map(([, path = ""]) =>
    relative(root, resolve(root, dirname(file), path)).replaceAll("\\", "/"),
  );
}

test("imports point one way: core, then edge and services, then the composition root", () => {
  const wrong = sources.flatMap((file) => {
    const allowed = layers[layerOf(file) ?? ""];
    if (!allowed) return [];
    return importsOf(file)
      .filter((target) => !allowed.includes(layerOf(target) ?? "the composition root"))
      .map((target) => `${file} imports ${target}`);
  });
  expect(wrong).toEqual([]);
});

test("a service imports no other service", () => {
  const wrong = sources.flatMap((file) => {
    const service = serviceOf(file);
    if (!service) return [];
    return importsOf(file)
      .filter((target) => (serviceOf(target) ?? service) !== service)
      .map((target) => `${file} imports ${target}`);
  });
  expect(wrong).toEqual([]);
});

test("no file is longer than 300 lines", () => {
  const long = sources
    .map((file) => ({ file, lines: text(file).split("\n").length - 1 }))
    .filter(({ lines }) => lines > MAX_LINES);
  expect(long).toEqual([]);
});

test("what fixtures hold is under 25 MB together", () => {
  const sizes = files
    .filter((file) => file.startsWith("fixtures/"))
    .map((file) => ({ file, bytes: statSync(join(root, file)).size }))
    .sort((a, b) => b.bytes - a.bytes);
  const total = sizes.reduce((sum, { bytes }) => sum + bytes, 0);
  const largest = sizes.slice(0, 5).map(({ file, bytes }) => `${file}: ${bytes} bytes`);
  expect(total, `the largest:\n${largest.join("\n")}`).toBeLessThan(MAX_FIXTURES_BYTES);
});

test("file and folder names are kebab-case", () => {
  const wrong = sources.filter((file) =>
    file.split("/").some((part) => !/^[a-z0-9]+(-[a-z0-9]+)*(\.[a-z0-9-]+)*$/.test(part)),
  );
  expect(wrong).toEqual([]);
});

test("no engine reads the clock or sets a timer by itself", () => {
  const wrong = sources
    .filter((file) => file.startsWith("emulator/services/"))
    .filter((file) => /\b(Date\.now|setTimeout|setInterval|Math\.random)\(/.test(text(file)));
  expect(wrong).toEqual([]);
});

test("nothing is left for later without a word in a README", () => {
  const wrong = sources
    .filter((file) => file !== "test/structure.test.ts")
    .filter((file) => /\b(TODO|FIXME|XXX|HACK)\b/.test(text(file)));
  expect(wrong).toEqual([]);
});

const clock = new ManualClock();
const registry = services({
  context: { clock, events: new Events(), enforceLimits: true },
  endpointUrl: () => "http://127.0.0.1:0",
  scope: { accountId: "000000000000", region: "us-east-1" },
  backends: new Backends({}),
});

describe.each(Object.values(registry))("$name", (service) => {
  const folder = `emulator/services/${service.name}`;
  const operations = Object.keys(service.operations);
  const readme = () => text(`${folder}/README.md`);

  test("has one file per operation, named after it", () => {
    const expected = operations.map((name) => `${kebab(name)}.ts`).sort();
    expect(readdirSync(join(root, folder, "operations")).sort()).toEqual(expected);
  });

  test("registers each operation under its own AWS name", () => {
    for (const name of operations) expect(service.operations[name]?.schema[2]).toBe(name);
  });

  test("opens each operation's file with AWS's page for it", () => {
    const silent = operations.filter(
      (name) =>
        !text(`${folder}/operations/${kebab(name)}.ts`).includes("https://docs.aws.amazon.com/"),
    );
    expect(silent).toEqual([]);
  });

  test("covers each operation by a row of its README and a test", () => {
    const rows = new Set([...readme().matchAll(/^\| *`?(\w+)`? *\|/gm)].map(([, name]) => name));
    expect(operations.filter((name) => !rows.has(name))).toEqual([]);
    const tests = files.filter((file) => file.startsWith(`test/services/${service.name}/`));
    const untested = operations.filter(
      (name) => !tests.some((file) => new RegExp(`\\b${name}(Command)?\\b`).test(text(file))),
    );
    expect(untested).toEqual([]);
  });

  test("lists each deliberate difference of its code in its README", () => {
    const marked = sources
      .filter((file) => file.startsWith(`${folder}/`))
      .some((file) => text(file).includes("DIFFERS:"));
    if (marked) expect(readme()).toMatch(/^## Differences/m);
  });
});

/** `PutRecord` → `put-record`, `ListObjectsV2` → `list-objects-v2`. */
function kebab(name: string): string {
  return name.replace(/([a-z0-9])([A-Z])/g, "$1-$2").toLowerCase();
}
