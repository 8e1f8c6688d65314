/** A function's code as it was deployed. */
export interface CodePackage {
  /** `zip` runs as it is; `folder` is somebody's working copy, bundled and reloaded on save. */
  readonly kind: "zip" | "folder";
  /** Absolute path of the folder that holds the code: the function's task root. */
  readonly folder: string;
  /** Base64 SHA-256 of the zip. */
  readonly sha256: string;
  /** Of the zip. */
  readonly sizeBytes: number;
  /** Where GetFunction says the code is. */
  readonly location: string;
}
