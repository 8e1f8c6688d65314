import {
  type Document,
  isAlias,
  isMap,
  isScalar,
  isSeq,
  type LineCounter,
  type YAMLMap,
  type Node as YamlNode,
} from "yaml";
import { functionName, isLoop, readCall } from "./calls.ts";
import { type Dict, type Entry, list, type Node, type Position, scalar } from "./node.ts";
import { type Problem, templateError } from "./problem.ts";

/** Aliases count as what they stand for, so that a few lines cannot unfold into gigabytes. */
const MAX_NODES = 100_000;
const MAX_DEPTH = 100;

/** What the conversion of one document needs. */
interface Source {
  readonly text: string;
  readonly document: Document;
  readonly lines: LineCounter;
  readonly file: string;
}

/** Where the conversion stands: the path of keys from the root. */
type Path = readonly string[];

/** Turns a parsed YAML document into nodes that know where they stand and which intrinsics they call. */
export class YamlNodes {
  readonly #source: Source;
  /** What has been anchored so far, and how many nodes it unfolds into. */
  readonly #anchors = new Map<string, { node: Node; weight: number }>();
  #count = 0;

  constructor(source: Source) {
    this.#source = source;
  }

  /** The whole document. */
  root(): Node {
    const { contents } = this.#source.document;
    const path: Path = [];
    if (!isMap(contents)) {
      const hint = "Start with a Resources section.";
      return this.#fail({ at: this.at(0), text: "a template is a map of sections.", hint }, path);
    }
    return this.#convert(contents, path);
  }

  /** The place of an offset in the text. */
  at(offset: number): Position {
    const { line, col } = this.#source.lines.linePos(offset);
    return { file: this.#source.file, line: Math.max(1, line), column: Math.max(1, col) };
  }

  #convert(yaml: YamlNode, path: Path): Node {
    const at = this.at(yaml.range?.[0] ?? 0);
    const before = this.#count;
    const node = isAlias(yaml)
      ? this.#aliased(yaml.source, { at, path })
      : this.#tagged(yaml, path);
    this.#count += 1;
    if (this.#count > MAX_NODES || path.length > MAX_DEPTH) {
      const hint = `A template has at most ${MAX_NODES} values, ${MAX_DEPTH} deep, aliases unfolded.`;
      this.#fail({ at, text: "the template is too large.", hint }, path);
    }
    const { anchor } = yaml as { anchor?: string };
    if (anchor) this.#anchors.set(anchor, { node, weight: this.#count - before });
    return node;
  }

  #aliased(name: string, { at, path }: { at: Position; path: Path }): Node {
    const anchored = this.#anchors.get(name);
    if (!anchored) {
      const hint = `Anchor it before its first use: &${name}.`;
      return this.#fail({ at, text: `nothing is anchored as "${name}".`, hint }, path);
    }
    this.#count += anchored.weight;
    return anchored.node;
  }

  #tagged(yaml: YamlNode, path: Path): Node {
    const { tag } = yaml as { tag?: string };
    const inner = this.#untagged(yaml, path);
    if (!tag?.startsWith("!")) return inner;
    // A node's range begins after its tag; what is wrong with a call is better shown at the tag.
    const start = this.#source.text.lastIndexOf(tag, yaml.range?.[0] ?? 0);
    return this.#call(tag, inner, { at: this.at(Math.max(0, start)), path });
  }

  #untagged(yaml: YamlNode, path: Path): Node {
    const at = this.at(yaml.range?.[0] ?? 0);
    if (isMap(yaml)) return this.#map(yaml, path);
    if (isSeq(yaml)) {
      const items = yaml.items.map((item, i) => this.#convert(item as YamlNode, [...path, `${i}`]));
      return list(items, at);
    }
    const { value, source } = isScalar(yaml) ? yaml : { value: null, source: "" };
    if (typeof value === "string") return this.#text(value, { at, path });
    if (typeof value === "boolean") return scalar(value, at);
    if (typeof value === "number" || typeof value === "bigint") {
      return { kind: "scalar", at, value: Number(value), text: source ?? String(value) };
    }
    return this.#empty(at, path);
  }

  #text(value: string, { at, path }: { at: Position; path: Path }): Node {
    if (!value.includes("{{resolve:")) return scalar(value, at);
    const hint = "Pass the value in as a parameter.";
    return this.#fail({ at, text: `the dynamic reference ${value} is not emulated.`, hint }, path);
  }

  #map(yaml: YAMLMap, path: Path): Node {
    const at = this.at(yaml.range?.[0] ?? 0);
    const entries = new Map<string, Entry>();
    for (const pair of yaml.items) {
      const keyAt = this.at((pair.key as YamlNode | null)?.range?.[0] ?? yaml.range?.[0] ?? 0);
      const key = isScalar(pair.key) ? (pair.key.source ?? String(pair.key.value)) : undefined;
      if (key === undefined || key === "<<") {
        const text = key ? "YAML merge keys are not supported." : "a key must be a text.";
        const hint = "Write the keys out, or use Globals for what functions share.";
        this.#fail({ at: keyAt, text, hint }, path);
      } else {
        const inner = [...path, key];
        const value = pair.value as YamlNode | null;
        entries.set(key, { at: keyAt, value: this.#value(value, { at: keyAt, path: inner }) });
      }
    }
    const map: Dict = { kind: "map", at, entries };
    return this.#longForm(map, path) ?? map;
  }

  /** A missing value (`Key:` and nothing after it) stands where its key stands. */
  #value(yaml: YamlNode | null, { at, path }: { at: Position; path: Path }): Node {
    const missing = !yaml || (isScalar(yaml) && yaml.value === null && !yaml.tag);
    return missing ? this.#empty(at, path) : this.#convert(yaml, path);
  }

  /** CloudFormation takes no null anywhere in a template. */
  #empty(at: Position, path: Path): never {
    const hint = 'Give a value, or remove the key. An empty text is "".';
    return this.#fail({ at, text: `there is no value at ${path.join(".")}.`, hint }, path);
  }

  /** `{Fn::Name: argument}` and `{Ref: name}`, which must stand alone in their map. */
  #longForm(map: Dict, path: Path): Node | undefined {
    for (const [key, entry] of map.entries) {
      const name = functionName(key);
      if (name === undefined || path[0] === "Metadata") continue;
      // Loops stand beside what they are to add to.
      const isAlone = map.entries.size === 1 || isLoop(name);
      if (isAlone) return this.#call(key, entry.value, { at: entry.at, path });
      if (key === "Ref") continue;
      const hint = `Indent it below the key whose value it computes, or use ${key.replace("Fn::", "!")}.`;
      this.#fail({ at: entry.at, text: `${key} must be the only key of its map.`, hint }, path);
    }
    return undefined;
  }

  #call(written: string, argument: Node, { at, path }: { at: Position; path: Path }): Node {
    return readCall(written, argument, { at, fail: (problem) => this.#fail(problem, path) });
  }

  #fail(problem: Omit<Problem, "logicalId">, path: Path): never {
    const [section, name] = path;
    throw templateError({
      ...problem,
      logicalId: section === undefined ? undefined : (name ?? section),
    });
  }
}
