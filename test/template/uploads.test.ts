import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { Parser } from "tar";
import { afterAll, expect, test } from "vitest";
import { deploy } from "../../emulator/template/deploy.ts";
import { MemoryApi } from "./memory-api.ts";
import { complaint, planOf, templateOf } from "./reading.ts";

const root = mkdtempSync(join(tmpdir(), "wavetank-uploads-"));
afterAll(() => rmSync(root, { recursive: true }));
const folder = join(root, "handlers");
mkdirSync(join(folder, "code"), { recursive: true });
writeFileSync(join(root, "model.onnx"), "the model");
writeFileSync(join(folder, "code", "labels.json"), "[]");
writeFileSync(join(folder, "code", "model.onnx"), "another model");

function templateText(metadata: string): string {
  return `
Resources:
  Models:
    Type: AWS::S3::Bucket
    Metadata: ${metadata}
    Properties: { BucketName: models }`;
}

async function uploaded(metadata: string): Promise<Map<string, Uint8Array>> {
  const api = new MemoryApi();
  await deploy(templateOf(templateText(metadata), folder), { stackName: "ride", api });
  return api.buckets.get("models") ?? new Map();
}

interface ArchiveEntry {
  readonly path: string;
  readonly content: string;
  readonly mtime: number | undefined;
}

async function unpack(archive: Uint8Array): Promise<ArchiveEntry[]> {
  const found: ArchiveEntry[] = [];
  const parser = new Parser({
    onReadEntry: (entry) => {
      const chunks: Buffer[] = [];
      entry.on("data", (chunk: Buffer) => chunks.push(chunk));
      entry.on("end", () => {
        const content = Buffer.concat(chunks).toString();
        found.push({ path: entry.path, content, mtime: entry.mtime?.getTime() });
      });
    },
  });
  const done = new Promise((resolve) => parser.on("end", resolve));
  parser.end(Buffer.from(archive));
  await done;
  return found;
}

test("a packed file lies in the archive by its bare name, dated 1970", async () => {
  const objects = await uploaded(
    "{ Wavetank: { Upload: [{ Key: ride/model.tar.gz, Pack: [../model.onnx, code/labels.json] }] } }",
  );
  expect(await unpack(objects.get("ride/model.tar.gz") ?? new Uint8Array())).toEqual([
    { path: "model.onnx", content: "the model", mtime: 0 },
    { path: "labels.json", content: "[]", mtime: 0 },
  ]);
});

test("packing the same content gives the same bytes, whatever its date", async () => {
  const metadata = "{ Wavetank: { Upload: [{ Key: m.tar.gz, Pack: [code/labels.json] }] } }";
  const first = await uploaded(metadata);
  utimesSync(join(folder, "code", "labels.json"), 1, 1);
  const second = await uploaded(metadata);
  expect(first.get("m.tar.gz")).toEqual(second.get("m.tar.gz"));
  expect(gunzipSync(first.get("m.tar.gz") ?? new Uint8Array()).length % 512).toBe(0);
});

test("a single file is uploaded as it is, under a key that may be computed", async () => {
  const objects = await uploaded(
    `{ Wavetank: { Upload: [{ Key: !Sub "\${AWS::StackName}/labels.json", File: code/labels.json }] } }`,
  );
  expect([...objects]).toEqual([["ride/labels.json", Buffer.from("[]")]]);
});

test("a text is uploaded once the resources exist that it names", async () => {
  const api = new MemoryApi();
  const text = `
Resources:
  Site:
    Type: AWS::S3::Bucket
    Metadata: { Wavetank: { Upload: [{ Key: config.js, Text: !Sub 'asks("\${Later}")' }] } }
    Properties: { BucketName: site }
  Later: { Type: AWS::S3::Bucket, Properties: { BucketName: later } }`;
  await deploy(templateOf(text, folder), { stackName: "ride", api });
  expect(api.buckets.get("site")).toEqual(new Map([["config.js", Buffer.from('asks("later")')]]));
});

test("a text that names no resource of the template is a fault", () => {
  const text = templateText("{ Wavetank: { Upload: [{ Key: a, Text: !Ref Nowhere }] } }");
  expect(complaint(() => planOf(text, { folder }))).toContain('"Nowhere"');
});

test("other metadata is nobody's business", async () => {
  expect((await uploaded("{ cfn-lint: { config: {} }, Wavetankk: 1 }")).size).toBe(0);
});

test("metadata for uploads on another type than a bucket is a fault", () => {
  const template = `
Resources:
  Rides: { Type: AWS::Kinesis::Stream, Metadata: { Wavetank: { Upload: [] } } }`;
  expect(complaint(() => planOf(template))).toMatchInlineSnapshot(`
    "template.yaml:3:62 Rides: Metadata.Wavetank means nothing on AWS::Kinesis::Stream.
    Write it on an AWS::S3::Bucket, with the list Upload."
  `);
});

test("each fault names its place, before anything is created", () => {
  const complaints = [
    "{ Wavetank: { Uploads: [] } }",
    "{ Wavetank: { Upload: { Key: a } } }",
    "{ Wavetank: { Upload: [{ Key: a }] } }",
    "{ Wavetank: { Upload: [{ Key: a, File: code/labels.json, Pack: [] }] } }",
    "{ Wavetank: { Upload: [{ Key: a, File: code/labels.json, Acl: public }] } }",
    "{ Wavetank: { Upload: [{ Key: a, Pack: [] }] } }",
    "{ Wavetank: { Upload: [{ Key: a, Pack: [[a]] }] } }",
    "{ Wavetank: { Upload: [{ Key: a, Text: [b] }] } }",
    "{ Wavetank: { Upload: [{ Key: a, File: missing.onnx }] } }",
    "{ Wavetank: { Upload: [{ Key: a, Pack: [code] }] } }",
    "{ Wavetank: { Upload: [{ Key: a, Pack: [../model.onnx, code/model.onnx] }] } }",
  ].map((metadata) => {
    const said = complaint(() => planOf(templateText(metadata), { folder }));
    return `## ${metadata}\n${said.replaceAll(root, "/root")}`;
  });
  expect(`\n${complaints.join("\n")}\n`).toMatchInlineSnapshot(`
    "
    ## { Wavetank: { Uploads: [] } }
    template.yaml:5:29 Models: unknown key "Uploads" of Metadata.Wavetank.
        Did you mean "Upload"? Known keys of Metadata.Wavetank: Upload.
    template.yaml:5:27 Models: Metadata.Wavetank must have a list Upload.
        Write - { Key: model.tar.gz, Pack: [model.onnx] }, - { Key: name, File: path }, - { Key: name, Text: text } or - { Folder: path }.
    Correct these 2 places and deploy again.
    ## { Wavetank: { Upload: { Key: a } } }
    template.yaml:5:37 Models: Metadata.Wavetank must have a list Upload.
    Write - { Key: model.tar.gz, Pack: [model.onnx] }, - { Key: name, File: path }, - { Key: name, Text: text } or - { Folder: path }.
    ## { Wavetank: { Upload: [{ Key: a }] } }
    template.yaml:5:38 Models: an upload has a Key and either a File, a Pack or a Text.
    Write - { Key: model.tar.gz, Pack: [model.onnx] }, - { Key: name, File: path }, - { Key: name, Text: text } or - { Folder: path }.
    ## { Wavetank: { Upload: [{ Key: a, File: code/labels.json, Pack: [] }] } }
    template.yaml:5:38 Models: an upload has a Key and either a File, a Pack or a Text.
    Write - { Key: model.tar.gz, Pack: [model.onnx] }, - { Key: name, File: path }, - { Key: name, Text: text } or - { Folder: path }.
    ## { Wavetank: { Upload: [{ Key: a, File: code/labels.json, Acl: public }] } }
    template.yaml:5:38 Models: an upload has a Key and either a File, a Pack or a Text.
    Write - { Key: model.tar.gz, Pack: [model.onnx] }, - { Key: name, File: path }, - { Key: name, Text: text } or - { Folder: path }.
    ## { Wavetank: { Upload: [{ Key: a, Pack: [] }] } }
    template.yaml:5:54 Models: Pack must be a list of files.
    Write - { Key: model.tar.gz, Pack: [model.onnx] }, - { Key: name, File: path }, - { Key: name, Text: text } or - { Folder: path }.
    ## { Wavetank: { Upload: [{ Key: a, Pack: [[a]] }] } }
    template.yaml:5:55 Models: a file is named by a text, not a list.
    Write - { Key: model.tar.gz, Pack: [model.onnx] }, - { Key: name, File: path }, - { Key: name, Text: text } or - { Folder: path }.
    ## { Wavetank: { Upload: [{ Key: a, Text: [b] }] } }
    template.yaml:5:54 Models: Text must be a text, not a list.
    Write - { Key: model.tar.gz, Pack: [model.onnx] }, - { Key: name, File: path }, - { Key: name, Text: text } or - { Folder: path }.
    ## { Wavetank: { Upload: [{ Key: a, File: missing.onnx }] } }
    template.yaml:5:54 Models: there is no file /root/handlers/missing.onnx.
    Write a path relative to the template, and build or train what it names first.
    ## { Wavetank: { Upload: [{ Key: a, Pack: [code] }] } }
    template.yaml:5:55 Models: /root/handlers/code is not a file.
    Name its files one by one.
    ## { Wavetank: { Upload: [{ Key: a, Pack: [../model.onnx, code/model.onnx] }] } }
    template.yaml:5:54 Models: Pack has two files named model.onnx.
    An archive holds its files side by side: give them different names.
    "
  `);
});
