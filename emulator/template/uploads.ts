import { createHash } from "node:crypto";
import { readdirSync, readFileSync, statSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { basename, join, relative, resolve } from "node:path";
import { Header, Pack, ReadEntry } from "tar";
import { suggestion } from "./nearest.ts";
import { describe, member, type Node, type Position } from "./node.ts";
import type { Report } from "./problem.ts";
import type { Declaration } from "./resource-type.ts";

/** An object that the tank puts into a bucket as soon as the bucket exists. */
export type Upload =
  | { readonly key: string; readonly file: string }
  | { readonly key: string; readonly pack: readonly string[] }
  | { readonly key: string; readonly text: string };

const FORMS =
  "Write - { Key: model.tar.gz, Pack: [model.onnx] }, - { Key: name, File: path }, - { Key: name, Text: text } or - { Folder: path }.";

/**
 * The uploads of a bucket's `Metadata: { Wavetank: { Upload: [...] } }`. CloudFormation takes any
 * metadata, so that the same template deploys to AWS, where a build uploads the artifacts. Paths are
 * relative to the template and must exist.
 */
export function readUploads(declared: Declaration, report: Report): Upload[] {
  const ours = member(declared.metadata, "Wavetank");
  if (!ours) return [];
  const logicalId = declared.owner;
  if (ours.kind === "map") {
    for (const [key, { at }] of ours.entries) {
      if (key === "Upload") continue;
      const hint = suggestion(key, { among: ["Upload"], noun: "keys of Metadata.Wavetank" });
      report.fault({ at, logicalId, text: `unknown key "${key}" of Metadata.Wavetank.`, hint });
    }
  }
  const uploads = member(ours, "Upload");
  if (uploads?.kind !== "list") {
    const text = "Metadata.Wavetank must have a list Upload.";
    report.fault({ at: uploads?.at ?? ours.at, logicalId, text, hint: FORMS });
    return [];
  }
  const reading = new UploadReading(declared, report);
  return uploads.items.flatMap((item) => reading.uploads(item) ?? []);
}

class UploadReading {
  readonly #declared: Declaration;
  readonly #report: Report;

  constructor(declared: Declaration, report: Report) {
    this.#declared = declared;
    this.#report = report;
  }

  /** A folder stands for its files, under keys that begin with its own, if it has one. */
  uploads(node: Node): readonly Upload[] | undefined {
    const folder = member(node, "Folder");
    if (!folder || node.kind !== "map") {
      const one = this.#upload(node);
      return one && [one];
    }
    const key = member(node, "Key");
    const isKnown = [...node.entries.keys()].every((name) => ["Key", "Folder"].includes(name));
    if (!isKnown || (key && key.kind !== "scalar")) {
      return this.#fault(node.at, "an upload of a Folder has a Key at most besides", FORMS);
    }
    const root = this.#path(folder, "folder");
    return root === undefined ? undefined : filesOf(root, key?.kind === "scalar" ? key.text : "");
  }

  #upload(node: Node): Upload | undefined {
    const key = member(node, "Key");
    const others = node.kind === "map" ? [...node.entries.keys()] : [];
    const contents = others.filter((name) => name !== "Key");
    const [content = ""] = contents;
    const isKnown = contents.length === 1 && ["File", "Pack", "Text"].includes(content);
    if (key?.kind !== "scalar" || !isKnown) {
      return this.#fault(node.at, "an upload has a Key and either a File, a Pack or a Text", FORMS);
    }
    const [file, pack, text] = ["File", "Pack", "Text"].map((name) => member(node, name));
    if (text) return this.#text(key.text, text);
    if (file) {
      const path = this.#path(file);
      return path === undefined ? undefined : { key: key.text, file: path };
    }
    if (pack?.kind !== "list" || pack.items.length === 0) {
      return this.#fault(pack?.at ?? node.at, "Pack must be a list of files", FORMS);
    }
    const paths = pack.items.flatMap((item) => this.#path(item) ?? []);
    const names = paths.map((path) => basename(path));
    const twice = names.find((name, index) => names.indexOf(name) !== index);
    if (twice === undefined) return { key: key.text, pack: paths };
    const hint = "An archive holds its files side by side: give them different names.";
    return this.#fault(pack.at, `Pack has two files named ${twice}`, hint);
  }

  /** A text may await the resources that it names; it is read again once they exist. */
  #text(key: string, node: Node): Upload | undefined {
    if (node.kind === "scalar") return { key, text: node.text };
    if (node.kind === "call") return undefined;
    return this.#fault(node.at, `Text must be a text, not ${describe(node)}`, FORMS);
  }

  #path(node: Node, kind: "file" | "folder" = "file"): string | undefined {
    if (node.kind !== "scalar") {
      return this.#fault(node.at, `a file is named by a text, not ${describe(node)}`, FORMS);
    }
    const path = resolve(this.#declared.folder, node.text);
    const found = statSync(path, { throwIfNoEntry: false });
    if (kind === "file" ? found?.isFile() : found?.isDirectory()) return path;
    if (found && kind === "folder") return this.#fault(node.at, `${path} is not a folder`, FORMS);
    if (found) return this.#fault(node.at, `${path} is not a file`, "Name its files one by one.");
    const hint = "Write a path relative to the template, and build or train what it names first.";
    return this.#fault(node.at, `there is no ${kind} ${path}`, hint);
  }

  #fault(at: Position, text: string, hint: string): undefined {
    this.#report.fault({ at, logicalId: this.#declared.owner, text: `${text}.`, hint });
  }
}

/** The files in a folder and below it, but those that begin with a dot. */
function filesOf(root: string, prefix: string): Upload[] {
  const files = readdirSync(root, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => relative(root, join(parentPath, name)).replaceAll("\\", "/"))
    .filter((path) => path.split("/").every((part) => !part.startsWith(".")));
  return files.sort().map((path) => ({ key: prefix + path, file: join(root, path) }));
}

/** The bytes to put under an upload's key. */
export async function bodyOf(upload: Upload): Promise<Buffer> {
  if ("text" in upload) return Buffer.from(upload.text);
  return "file" in upload ? await readFile(upload.file) : await pack(upload.pack);
}

/** A text that changes with any key or content of the uploads. */
export function fingerprintOf(uploads: readonly Upload[]): string {
  const hash = createHash("sha256");
  for (const upload of uploads) {
    hash.update(`${upload.key}\0`);
    if ("text" in upload) hash.update(upload.text);
    else
      for (const file of "file" in upload ? [upload.file] : upload.pack) {
        hash.update(`${basename(file)}\0`).update(readFileSync(file));
      }
  }
  return hash.digest("hex");
}

/** A gzip tar of the files side by side, whose bytes depend on nothing but theirs and their names. */
async function pack(files: readonly string[]): Promise<Buffer> {
  const archive = new Pack({ gzip: true, portable: true });
  for (const file of files) {
    const body = await readFile(file);
    const header = { path: basename(file), mode: 0o644, size: body.byteLength, mtime: new Date(0) };
    const entry = new ReadEntry(new Header({ ...header, type: "File" }));
    archive.add(entry);
    entry.end(body);
  }
  archive.end();
  const chunks: Buffer[] = [];
  for await (const chunk of archive) chunks.push(chunk);
  return Buffer.concat(chunks);
}
