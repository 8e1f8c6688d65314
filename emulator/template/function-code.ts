import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { isAbsolute, join, resolve } from "node:path";
import type { CreateFunctionRequest, FunctionCode } from "@aws-sdk/client-lambda";
import { strToU8, zipSync } from "fflate";
import { comparable, member, type Node } from "./node.ts";
import type { Report } from "./problem.ts";
import type { Declaration, Resource } from "./resource-type.ts";

// https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-properties-lambda-function-code.html
// A local folder is handed over as LocalStack takes it: a bucket of this name, the folder as its key.
// https://docs.localstack.cloud/aws/tooling/lambda-tools/hot-reloading/
const HOT_RELOAD_BUCKET = "hot-reload";
/** The earliest time that a zip archive can hold; a fixed one keeps archives the same. */
const ZIP_TIME = new Date(1980, 0, 1);

/** Looks at a function's Code before anything is created: that its folder exists, its runtime fits. */
export function checkCode(
  { properties, owner: logicalId, folder }: Declaration,
  report: Report,
): void {
  const packageType = member(properties, "PackageType");
  if (packageType?.kind === "scalar" && packageType.text !== "Zip") {
    report.fault({
      at: packageType.at,
      logicalId,
      text: `PackageType ${packageType.text}: container images are not run in embedded mode.`,
      hint: "Give the function a Handler, a Runtime and a CodeUri, and build the image of the same code.",
    });
    return;
  }
  for (const name of ["Handler", "Runtime"]) {
    if (properties.entries.has(name)) continue;
    const hint =
      name === "Handler" ? "Write Handler: handler.handler." : "Write Runtime: nodejs22.x.";
    report.fault({ at: properties.at, logicalId, text: `the function needs ${name}.`, hint });
  }
  const code = member(properties, "Code");
  const path = code && localPath(code, folder);
  if (code && path !== undefined && !existsSync(path)) {
    const hint = "Write CodeUri: and a path relative to the template.";
    report.fault({ at: code.at, logicalId, text: `there is no file or folder ${path}.`, hint });
  }
  const runtime = member(properties, "Runtime");
  if (member(code, "ZipFile") && runtime?.kind === "scalar" && !inlineFile(runtime.text)) {
    const text = `inline code cannot run on ${runtime.text}.`;
    report.fault({
      at: runtime.at,
      logicalId,
      text,
      hint: "Use CodeUri, or a Node.js or Python runtime.",
    });
  }
}

/** A function's code as CreateFunction takes it. */
export async function codeOf({
  properties,
  values,
  folder,
}: Resource<Pick<CreateFunctionRequest, "Runtime">>): Promise<FunctionCode> {
  const code = member(properties, "Code");
  const path = code && localPath(code, folder);
  if (path !== undefined) {
    if (statSync(path).isDirectory()) return { S3Bucket: HOT_RELOAD_BUCKET, S3Key: path };
    return { ZipFile: await readFile(path) };
  }
  const inline = textIn(code, "ZipFile");
  if (inline !== undefined) {
    const file = inlineFile(values.Runtime ?? "") ?? "index.js";
    return { ZipFile: zipSync({ [file]: strToU8(inline) }, { mtime: ZIP_TIME }) };
  }
  const version = textIn(code, "S3ObjectVersion");
  return {
    S3Bucket: textIn(code, "S3Bucket"),
    S3Key: textIn(code, "S3Key"),
    ...(version !== undefined && { S3ObjectVersion: version }),
  };
}

/** Changes with the bytes of a zip that the Code names; a folder's code is read anew as it changes. */
export function codeFileFingerprint(declared: Declaration): string {
  const code = member(declared.properties, "Code");
  const path = code && localPath(code, declared.folder);
  return path !== undefined && statSync(path).isFile() ? contentsHash(path) : "";
}

/** Changes with what a Code says and with the files that it names, a folder's among them. */
export function codeFingerprint(code: Node, folder: string): string {
  const path = localPath(code, folder);
  return path !== undefined && existsSync(path) ? contentsHash(path) : comparable(code);
}

/** Left out of a folder: what is installed is told by the lock file, and hidden files are no code. */
const SKIPPED = /^(node_modules$|__pycache__$|\.)/;

function contentsHash(path: string): string {
  const hash = createHash("sha256");
  const add = (file: string) => {
    if (statSync(file).isDirectory()) {
      const names = readdirSync(file).filter((name) => !SKIPPED.test(name));
      for (const name of names.sort()) {
        hash.update(`${name}\0`);
        add(join(file, name));
      }
    } else hash.update(readFileSync(file));
  };
  add(path);
  return hash.digest("hex");
}

/** A Code that is a mere text names a local folder or zip, as `aws cloudformation package` takes it. */
function localPath(code: Node, folder: string): string | undefined {
  if (code.kind !== "scalar") return undefined;
  return isAbsolute(code.text) ? code.text : resolve(folder, code.text);
}

/** The file that CloudFormation puts inline code into. */
function inlineFile(runtime: string): string | undefined {
  if (runtime.startsWith("nodejs")) return "index.js";
  return runtime.startsWith("python") ? "index.py" : undefined;
}

function textIn(node: Node | undefined, key: string): string | undefined {
  const found = member(node, key);
  return found?.kind === "scalar" ? found.text : undefined;
}
