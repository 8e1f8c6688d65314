import type { FunctionFault } from "../model/function-error.ts";
import type { NodeModule } from "./node-code.ts";

/** A function's code as it was deployed. */
export interface CodePackage {
  /**
   * `zip` runs as it is; `folder` is somebody's working copy, bundled and reloaded on save; `frozen` is such a
   * folder as it was when a version was published.
   */
  readonly kind: "zip" | "folder" | "frozen";
  /** Absolute path of the folder that holds the code: the function's task root. */
  readonly folder: string;
  /** Base64 SHA-256 of the zip. */
  readonly sha256: string;
  /** Of the zip. */
  readonly sizeBytes: number;
  /** Of a frozen Node.js folder: its bundle, or why there is none. */
  readonly frozen?: NodeModule | FunctionFault;
  /** Where GetFunction says the code is. */
  readonly location: string;
}
