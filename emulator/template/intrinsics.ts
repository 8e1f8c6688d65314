import type { Call, CallName } from "./calls.ts";
import type { Section } from "./load.ts";
import { nearest, suggestion } from "./nearest.ts";
import {
  describe,
  type Entry,
  list,
  type Node,
  type Position,
  type Scalar,
  scalar,
} from "./node.ts";
import { templateError } from "./problem.ts";

// https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/intrinsic-function-reference.html

/** What a created resource is known by. */
export interface Created {
  /** What `Ref` gives. */
  readonly physicalId: string;
  /** What `Fn::GetAtt` gives, by attribute. */
  readonly attributes: Readonly<Record<string, string>>;
  /** It was there before, and stays when the stack goes. */
  readonly isAdopted?: boolean;
}

/** What the names in a piece of a template stand for. */
export interface Scope {
  /** Whose piece it is, for messages. */
  readonly logicalId?: string | undefined;
  /** Parameters and pseudo parameters; `undefined` is AWS::NoValue. */
  readonly parameters: ReadonlyMap<string, Node | undefined>;
  readonly mappings: Section;
  /** @param askedBy whose piece names it, for messages */
  condition(name: Scalar, askedBy?: string): boolean;
  /** The resources that exist by now; references to others stay as they are. */
  readonly created: ReadonlyMap<string, Created>;
  /** What other stacks export, by the export's name. */
  readonly imports?: ReadonlyMap<string, string> | undefined;
  /** Collects the exports that are imported. */
  readonly imported?: Set<string>;
  /** Resources that a loose deploy leaves out: references to them give their own text. */
  readonly leftOut?: ReadonlySet<string>;
}

/**
 * A node with its calls replaced by what they give; `undefined` where AWS::NoValue removes it. A call
 * that needs a resource which does not exist yet stays, with whatever could be replaced in it replaced.
 */
export function resolve(node: Node, scope: Scope): Node | undefined {
  switch (node.kind) {
    case "scalar":
      return node;
    case "list":
      return list(resolveAll(node.items, scope), node.at);
    case "map": {
      const entries = new Map<string, Entry>();
      for (const [key, { at, value }] of node.entries) {
        const resolved = resolve(value, scope);
        if (resolved) entries.set(key, { at, value: resolved });
      }
      return { ...node, entries };
    }
    case "call":
      return call(node, scope);
  }
}

/** Whether nothing is left to be replaced. */
export function isResolved(node: Node): boolean {
  if (node.kind === "list") return node.items.every(isResolved);
  if (node.kind !== "map") return node.kind === "scalar";
  return [...node.entries.values()].every(({ value }) => isResolved(value));
}

function resolveAll(nodes: readonly Node[], scope: Scope): Node[] {
  return nodes.flatMap((node) => resolve(node, scope) ?? []);
}

function call(node: Call, scope: Scope): Node | undefined {
  const [first, second, third] = node.operands;
  if (node.name === "Fn::If" && first?.kind === "scalar") {
    const branch = scope.condition(first, scope.logicalId) ? second : third;
    return branch && resolve(branch, scope);
  }
  if (node.name === "Ref" && first?.kind === "scalar") return reference(node, first.text, scope);
  const operands = resolveAll(node.operands, scope);
  const partial: Call = { ...node, operands };
  const compute = FUNCTIONS[node.name];
  if (!compute) {
    throw fault(partial, scope, {
      text: `${node.name} stands outside of the Conditions section.`,
      hint: "Name the condition there, and use it with Condition: Name or !If [Name, …].",
    });
  }
  if (operands.length !== node.operands.length) {
    const text = `${node.name} was given AWS::NoValue.`;
    throw fault(partial, scope, { text, hint: "Give a value." });
  }
  return operands.every(isResolved) ? compute(partial, scope) : partial;
}

function reference(node: Call, name: string, scope: Scope): Node | undefined {
  if (scope.parameters.has(name)) {
    const value = scope.parameters.get(name);
    return value && movedTo(value, node.at);
  }
  if (scope.leftOut?.has(name)) return scalar(name, node.at);
  const resource = scope.created.get(name);
  return resource ? scalar(resource.physicalId, node.at) : node;
}

type Compute = (node: Call, scope: Scope) => Node;

/** What each function gives once its operands are known. */
const FUNCTIONS: Readonly<Partial<Record<CallName, Compute>>> = {
  "Fn::GetAtt"(node, scope) {
    const [resource = "", attribute = ""] = node.operands.map((operand) =>
      textOf(operand, node, scope),
    );
    if (scope.leftOut?.has(resource)) return scalar(`${resource}.${attribute}`, node.at);
    const created = scope.created.get(resource);
    if (!created) return node;
    const { attributes } = created;
    const value = Object.hasOwn(attributes, attribute) ? attributes[attribute] : undefined;
    if (value !== undefined) return scalar(value, node.at);
    throw fault(node, scope, {
      text: `${resource} has no attribute "${attribute}".`,
      hint: suggestion(attribute, { among: Object.keys(attributes), noun: "attributes" }),
    });
  },

  "Fn::Sub"(node, scope) {
    return scalar(node.operands.map((piece) => textOf(piece, node, scope)).join(""), node.at);
  },

  "Fn::Join"(node, scope) {
    const [delimiter, items] = node.operands;
    const texts = itemsOf(items, node, scope).map((item) => textOf(item, node, scope));
    return scalar(texts.join(textOf(delimiter, node, scope)), node.at);
  },

  "Fn::Select"(node, scope) {
    const [index, items] = node.operands;
    const all = itemsOf(items, node, scope);
    const wanted = textOf(index, node, scope);
    const found = /^\d+$/.test(wanted) ? all[Number(wanted)] : undefined;
    if (found) return movedTo(found, node.at);
    throw fault(node, scope, {
      text: `Fn::Select cannot take item "${wanted}" of a list of ${all.length}.`,
      hint: all.length > 0 ? `Write an index from 0 to ${all.length - 1}.` : "The list is empty.",
    });
  },

  "Fn::Split"(node, scope) {
    const [delimiter, subject] = node.operands.map((operand) => textOf(operand, node, scope));
    if (!delimiter)
      throw fault(node, scope, { text: "Fn::Split has an empty delimiter.", hint: "Write one." });
    const parts = (subject ?? "").split(delimiter);
    return list(
      parts.map((part) => scalar(part, node.at)),
      node.at,
    );
  },

  "Fn::FindInMap"(node, scope) {
    const [name = "", ...keys] = node.operands.map((operand) => textOf(operand, node, scope));
    let found: Node | undefined = scope.mappings.get(name)?.value;
    if (!found)
      throw unknownKey(node, scope, { key: name, among: scope.mappings.keys(), noun: "mappings" });
    for (const key of keys) {
      const entries: Section = found.kind === "map" ? found.entries : new Map();
      const next: Node | undefined = entries.get(key)?.value;
      if (!next)
        throw unknownKey(node, scope, { key, among: entries.keys(), noun: `keys of ${name}` });
      found = next;
    }
    return movedTo(found, node.at);
  },

  // Every account sees zones of its own in a region; all regions have these three.
  "Fn::GetAZs"(node, scope) {
    const region = textOf(node.operands[0], node, scope);
    const home = scope.parameters.get("AWS::Region");
    const name = region || (home?.kind === "scalar" ? home.text : "");
    const zones = ["a", "b", "c"].map((letter) => scalar(`${name}${letter}`, node.at));
    return list(zones, node.at);
  },

  "Fn::ImportValue"(node, scope) {
    const name = textOf(node.operands[0], node, scope);
    const value = scope.imports?.get(name);
    if (value !== undefined) {
      scope.imported?.add(name);
      return scalar(value, node.at);
    }
    const among = scope.imports?.keys() ?? [];
    const text = `No export named ${name} found.`;
    throw fault(node, scope, { text, hint: suggestion(name, { among, noun: "exports" }) });
  },

  "Fn::Base64"(node, scope) {
    const text = textOf(node.operands[0], node, scope);
    return scalar(Buffer.from(text, "utf8").toString("base64"), node.at);
  },
};

/** The same value, standing where it is used: that is where a fault in its use is to be mended. */
function movedTo(node: Node, at: Position): Node {
  return { ...node, at };
}

function textOf(node: Node | undefined, inside: Call, scope: Scope): string {
  if (node?.kind === "scalar") return node.text;
  const hint = node?.kind === "list" ? "Use !Join to make a text of a list." : "Give a text.";
  const text = `${inside.name} takes texts, not ${node ? describe(node) : "AWS::NoValue"}.`;
  throw fault(node ? { ...inside, at: node.at } : inside, scope, { text, hint });
}

function itemsOf(node: Node | undefined, inside: Call, scope: Scope): readonly Node[] {
  if (node?.kind === "list") return node.items;
  const text = `${inside.name} takes a list, not ${node ? describe(node) : "AWS::NoValue"}.`;
  throw fault(inside, scope, { text, hint: "Write [value, value], or a call that gives a list." });
}

function unknownKey(
  node: Call,
  scope: Scope,
  { key, among, noun }: { key: string; among: Iterable<string>; noun: string },
): Error {
  const known = [...among];
  const meant = nearest(key, known);
  const hint = `${meant ? `Did you mean "${meant}"? ` : ""}Known ${noun}: ${known.join(", ") || "none"}.`;
  return fault(node, scope, { text: `Fn::FindInMap finds no "${key}".`, hint });
}

function fault(node: Call, scope: Scope, { text, hint }: { text: string; hint: string }): Error {
  return templateError({ at: node.at, logicalId: scope.logicalId, text, hint });
}
