import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { parse } from "yaml";
import { packageRoot } from "../../emulator/pipelines/pipeline.ts";

const text = (path: string) => readFileSync(join(packageRoot(), path), "utf8");
const manifest = JSON.parse(text("package.json"));
const example = JSON.parse(text("test/examples/ride-fares/package.json"));

interface Step {
  run?: string;
  env?: Record<string, string>;
}

test("the GitHub workflow installs without CUDA's libraries, then runs the tests", () => {
  const { jobs } = parse(text("test/examples/ci/github-actions.yml"));
  const steps: Step[] = jobs.test.steps;
  const [install, run] = steps.filter((step) => step.run !== undefined);
  expect(install).toEqual({ run: "npm ci", env: { ONNXRUNTIME_NODE_INSTALL: "skip" } });
  expect(run).toEqual({ run: "npm test" });
});

test("the GitLab pipeline calls its service by a name that the tank is told to allow", () => {
  const jobs = parse(text("test/examples/ci/gitlab-ci.yml"));
  expect(jobs.test.script).toEqual(["npm ci --cache .npm", "npm test"]);
  const { services, variables } = jobs["test-with-container"];
  const [{ alias, variables: tank }] = services;
  expect(tank.WAVETANK_ALLOWED_HOSTS).toBe(alias);
  expect(new URL(variables.AWS_ENDPOINT_URL).hostname).toBe(alias);
});

test("every script of a job is text: a colon in one does not make it a map", () => {
  for (const job of Object.values(parse(text("test/examples/ci/gitlab-ci.yml")))) {
    const { script } = job as { script: unknown[] };
    expect(script.filter((line) => typeof line !== "string")).toEqual([]);
  }
});

test("the dev container forwards the tank's port", () => {
  const { forwardPorts } = JSON.parse(text(".devcontainer/devcontainer.json"));
  expect(forwardPorts).toEqual([4566]);
});

test("the example asks for this version, and imports only what the package exports", () => {
  expect(example.devDependencies.wavetank).toBe(`^${manifest.version}`);
  const imported = ["test/fares.test.ts", "test/batching-window.test.ts", "vitest.config.ts"]
    .flatMap((file) => [...text(`test/examples/ride-fares/${file}`).matchAll(/"wavetank([^"]*)"/g)])
    .map(([, path]) => `.${path}`);
  expect(new Set(imported)).toEqual(new Set(["./testing", "./testing/vitest"]));
  for (const path of imported) expect(manifest.exports).toHaveProperty([path]);
});

test("every export of the package has its source", () => {
  for (const target of Object.values(manifest.exports)) {
    const { types } = target as { types?: string };
    if (!types) continue;
    const source = types.replace("./dist/types/", "").replace(".d.ts", ".ts");
    expect(existsSync(join(packageRoot(), source)), source).toBe(true);
  }
});
