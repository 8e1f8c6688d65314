import { readFile } from "node:fs/promises";
import { dirname, resolve } from "node:path";
import { LineCounter, parseDocument } from "yaml";
import { messageOf, WavetankError } from "../core/errors.ts";
import { suggestion } from "./nearest.ts";
import { type Dict, describe, dict, type Entry, type Node } from "./node.ts";
import { type Problem, templateError } from "./problem.ts";
import { YamlNodes } from "./yaml-nodes.ts";

// https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/template-anatomy.html
// https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/sam-specification-template-anatomy.html

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-limits.html */
const MAX_TEMPLATE_BYTES = 1_048_576;
const FORMAT_VERSION = "2010-09-09";
const SERVERLESS_TRANSFORM = "AWS::Serverless-2016-10-31";
const LANGUAGE_EXTENSIONS = "AWS::LanguageExtensions";

/** A template as it was written: its sections, with the place of every piece. */
export interface Template {
  /** As the user named it, for messages. */
  readonly file: string;
  /** The folder that its relative paths are relative to; absolute. */
  readonly folder: string;
  readonly description: string | undefined;
  /** Whether `Transform` names SAM. */
  readonly isServerless: boolean;
  readonly parameters: Section;
  readonly mappings: Section;
  readonly conditions: Section;
  readonly globals: Dict | undefined;
  readonly resources: Section;
  readonly outputs: Section;
}

/** The members of a section, by logical id. */
export type Section = ReadonlyMap<string, Entry>;

const SECTIONS = [
  "AWSTemplateFormatVersion",
  "Description",
  "Metadata",
  "Parameters",
  "Mappings",
  "Conditions",
  "Transform",
  "Globals",
  "Resources",
  "Outputs",
] as const;

/** Sections that CloudFormation has and Wavetank has not. */
const NOT_EMULATED = ["Rules", "Hooks"];

/** Reads a SAM or CloudFormation template, YAML or JSON. @param path relative to the working folder, or absolute */
export async function loadTemplate(path: string): Promise<Template> {
  const absolute = resolve(path);
  let text: string;
  try {
    text = await readFile(absolute, "utf8");
  } catch (error) {
    throw new WavetankError(
      "ERR_TEMPLATE",
      `Cannot read the template ${path}: ${messageOf(error)}`,
      {
        hint: "Name a SAM or CloudFormation template file, e.g. handlers/ride-duration/template.yaml.",
        cause: error,
      },
    );
  }
  return parseTemplate(text, { file: path, folder: dirname(absolute) });
}

/** Parses a template's text; nothing is evaluated yet. */
export function parseTemplate(
  text: string,
  { file, folder }: { file: string; folder: string },
): Template {
  const root = parse(text, file);
  checkSections(root);
  return {
    file,
    folder,
    description: textSection(root, "Description"),
    isServerless: readTransform(root),
    parameters: section(root, "Parameters"),
    mappings: section(root, "Mappings"),
    conditions: section(root, "Conditions"),
    globals: readGlobals(root),
    resources: readResources(root),
    outputs: section(root, "Outputs"),
  };
}

function parse(text: string, file: string): Dict {
  const start = { file, line: 1, column: 1 };
  const bytes = Buffer.byteLength(text);
  if (bytes > MAX_TEMPLATE_BYTES) {
    const hint = `CloudFormation takes at most ${MAX_TEMPLATE_BYTES} bytes.`;
    throw templateError({ at: start, text: `the template has ${bytes} bytes.`, hint });
  }
  const lines = new LineCounter();
  let nodes: YamlNodes;
  try {
    const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
    nodes = new YamlNodes({ text, document, lines, file });
    const [fault] = document.errors;
    if (fault) {
      const message = fault.code === "MULTIPLE_DOCS" ? "A template is one document" : fault.message;
      throw yamlError({ message, at: nodes.at(fault.pos[0]) });
    }
  } catch (error) {
    // Nesting of many thousand levels overflows the parser's stack.
    if (!(error instanceof RangeError)) throw error;
    throw yamlError({ message: "Nested too deeply", at: start });
  }
  const root = nodes.root();
  return root.kind === "map" ? root : dict({}, start);
}

function yamlError({ message, at }: { message: string; at: Problem["at"] }): WavetankError {
  return templateError({
    at,
    text: `this is not valid YAML or JSON: ${message}.`.replace(/\.\.$/, "."),
    hint: "Look at this line and the one before it: indentation, colons, quotes and brackets.",
  });
}

function checkSections(root: Dict): void {
  for (const [name, { at, value }] of root.entries) {
    if (NOT_EMULATED.includes(name)) {
      const hint = `Remove the section to deploy without ${name.toLowerCase()}.`;
      throw templateError({ at, text: `the section ${name} is not emulated.`, hint });
    }
    if (!SECTIONS.some((known) => known === name)) {
      const hint = suggestion(name, { among: SECTIONS, noun: "sections" });
      throw templateError({ at, text: `unknown section "${name}".`, hint });
    }
    if (name === "AWSTemplateFormatVersion" && textOf(value) !== FORMAT_VERSION) {
      const hint = `Write AWSTemplateFormatVersion: "${FORMAT_VERSION}".`;
      throw templateError({ at: value.at, text: "unknown template format version.", hint });
    }
  }
}

function readTransform(root: Dict): boolean {
  const value = root.entries.get("Transform")?.value;
  if (!value) return false;
  for (const item of value.kind === "list" ? value.items : [value]) {
    if (textOf(item) === SERVERLESS_TRANSFORM) continue;
    const text = `the transform ${textOf(item) ?? describe(item)} is not emulated.`;
    const hint =
      textOf(item) === LANGUAGE_EXTENSIONS
        ? "Write out what Fn::ForEach, Fn::Length and Fn::ToJsonString make, and remove it."
        : `Write Transform: ${SERVERLESS_TRANSFORM}.`;
    throw templateError({ at: item.at, text, hint });
  }
  return true;
}

function readGlobals(root: Dict): Dict | undefined {
  const entry = root.entries.get("Globals");
  if (!entry) return undefined;
  if (!readTransform(root)) throw transformMissing(entry.at, { what: "Globals" });
  return asMap(entry.value, "Globals");
}

/** The error for what only SAM has, in a template that does not ask for SAM. */
export function transformMissing(
  at: Problem["at"],
  { what, logicalId }: { what: string; logicalId?: string },
): WavetankError {
  return templateError({
    at,
    logicalId,
    text: `${what} needs the SAM transform.`,
    hint: `Add this line at the top of the template: Transform: ${SERVERLESS_TRANSFORM}`,
  });
}

function readResources(root: Dict): Section {
  const resources = section(root, "Resources");
  if (resources.size > 0) return resources;
  const at = root.entries.get("Resources")?.at ?? root.at;
  const hint = "Write Resources: and below it at least one resource with its Type.";
  throw templateError({ at, text: "the template has no resources.", hint });
}

function section(root: Dict, name: (typeof SECTIONS)[number]): Section {
  const entry = root.entries.get(name);
  if (!entry) return new Map();
  const { entries } = asMap(entry.value, name);
  for (const [logicalId, { at }] of entries) {
    if (/^[A-Za-z0-9]+$/.test(logicalId)) continue;
    const text = `the name "${logicalId}" in ${name} has characters other than letters and digits.`;
    const words = logicalId
      .match(/[A-Za-z0-9]+/g)
      ?.map((word) => word[0]?.toUpperCase() + word.slice(1));
    const hint = `Write ${words?.join("") ?? "letters and digits"}.`;
    throw templateError({ at, text, hint });
  }
  return entries;
}

function asMap(node: Node, name: string): Dict {
  if (node.kind === "map") return node;
  const hint = `Write ${name}: and below it, indented, each name with what it holds.`;
  throw templateError({ at: node.at, text: `${name} must be a map, not ${describe(node)}.`, hint });
}

function textSection(root: Dict, name: "Description"): string | undefined {
  const node = root.entries.get(name)?.value;
  if (!node || node.kind === "scalar") return node?.text;
  const hint = `Write ${name}: and a text.`;
  throw templateError({
    at: node.at,
    text: `${name} must be a text, not ${describe(node)}.`,
    hint,
  });
}

function textOf(node: Node): string | undefined {
  return node.kind === "scalar" ? node.text : undefined;
}
