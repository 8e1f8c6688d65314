import type { Call } from "./calls.ts";

/** Where something stands in a template; lines and columns count from 1. */
export interface Position {
  /** As the user named it, for messages. */
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

/** A piece of a template. Every piece knows where it stands, so that every fault can say so. */
export type Node = Scalar | List | Dict | Call;

export interface Scalar {
  readonly kind: "scalar";
  readonly at: Position;
  readonly value: string | number | boolean;
  /** What a text property gets: the number as it was written (`0123` stays `0123`), `true` or `false`. */
  // DIFFERS: AWS's tools read YAML 1.1, where 0123 is octal and yes is true; quote such values.
  readonly text: string;
}

export interface List {
  readonly kind: "list";
  readonly at: Position;
  readonly items: readonly Node[];
}

export interface Dict {
  readonly kind: "map";
  readonly at: Position;
  readonly entries: ReadonlyMap<string, Entry>;
}

export interface Entry {
  /** Where the key stands. */
  readonly at: Position;
  readonly value: Node;
}

export function scalar(value: string | number | boolean, at: Position): Scalar {
  return { kind: "scalar", at, value, text: String(value) };
}

export function list(items: readonly Node[], at: Position): List {
  return { kind: "list", at, items };
}

/** A map of the given members, all standing at one place; absent members are left out. */
export function dict(members: Readonly<Record<string, Node | undefined>>, at: Position): Dict {
  const entries = new Map<string, Entry>();
  for (const [key, value] of Object.entries(members)) {
    if (value) entries.set(key, { at: value.at, value });
  }
  return { kind: "map", at, entries };
}

/** A map's member, if the node is a map and has it. */
export function member(node: Node | undefined, key: string): Node | undefined {
  return node?.kind === "map" ? node.entries.get(key)?.value : undefined;
}

/** What a node is, in the words of a message: `a list`, `the text "x"`, `!Ref`. */
export function describe(node: Node): string {
  switch (node.kind) {
    case "scalar":
      return typeof node.value === "string" ? `the text "${node.text}"` : `${node.text}`;
    case "list":
      return "a list";
    case "map":
      return "a map";
    case "call":
      return node.name;
  }
}

/** Calls `visit` for every intrinsic call in a node, outermost first. */
export function eachCall(node: Node, visit: (call: Call) => void): void {
  if (node.kind === "list") for (const item of node.items) eachCall(item, visit);
  else if (node.kind === "map")
    for (const { value } of node.entries.values()) eachCall(value, visit);
  else if (node.kind === "call") {
    visit(node);
    for (const operand of node.operands) eachCall(operand, visit);
  }
}

/** A text that two nodes share if they give the same: numbers and texts alike, members in any order. */
export function comparable(node: Node): string {
  if (node.kind === "scalar") return node.text;
  if (node.kind === "list") return JSON.stringify(node.items.map(comparable));
  if (node.kind === "call") return node.name;
  const members = [...node.entries].map(([key, { value }]) => [key, comparable(value)]);
  return JSON.stringify(members.sort());
}
