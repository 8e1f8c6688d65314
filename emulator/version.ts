import { readFileSync } from "node:fs";
import { join } from "node:path";
import { packageRoot } from "./pipelines/pipeline.ts";

/** The package's version. */
export function version(): string {
  const manifest = JSON.parse(readFileSync(join(packageRoot(), "package.json"), "utf8"));
  return String((manifest as { version: string }).version);
}
