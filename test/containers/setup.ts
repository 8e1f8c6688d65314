import { execFileSync } from "node:child_process";
import { join } from "node:path";
import type { TestProject } from "vitest/node";
import { packageRoot } from "../../emulator/pipelines/pipeline.ts";
import { dockerMissing, labelOf, removeContainers, removeLeftovers } from "./docker.ts";

declare module "vitest" {
  interface ProvidedContext {
    /** Why the suite is skipped; empty where it runs. */
    dockerMissing: string;
    /** The label of this run's containers. */
    containerLabel: string;
  }
}

const label = labelOf(process.pid);
const missing = dockerMissing();

/** Builds the images, from Docker's cache where nothing changed; or says why there is nothing to test. */
export function setup({ provide }: TestProject): void {
  provide("dockerMissing", missing ?? "");
  provide("containerLabel", label);
  if (missing !== undefined) {
    console.warn(`test/containers is skipped: ${missing}`);
    return;
  }
  removeLeftovers();
  execFileSync(process.execPath, [join(packageRoot(), "bin", "images.js")], { stdio: "inherit" });
}

/** Whatever a failed test left running. */
export function teardown(): void {
  if (missing === undefined) removeContainers(label);
}
