import { suggestion } from "./nearest.ts";
import { describe, type Node, type Position, scalar } from "./node.ts";
import type { Problem } from "./problem.ts";

// https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/intrinsic-function-reference.html

/** A call of an intrinsic function, its argument taken apart into operands of a fixed order. */
export interface Call {
  readonly kind: "call";
  readonly at: Position;
  readonly name: CallName;
  readonly operands: readonly Node[];
}

export type CallName =
  | "Ref"
  | "Condition"
  | `Fn::${"GetAtt" | "Sub" | "Join" | "Select" | "Split" | "FindInMap" | "If" | "Base64" | "GetAZs" | "ImportValue"}`
  | `Fn::${"Equals" | "And" | "Or" | "Not"}`;

interface Argument {
  readonly node: Node;
  readonly refuse: (at: Position, text: string, hint?: string) => never;
}

interface Form {
  /** How to write the call, for messages. */
  readonly usage: string;
  read(argument: Argument): readonly Node[];
}

const FORMS: Readonly<Record<CallName, Form>> = {
  Ref: { usage: "!Ref LogicalId", read: oneText },
  "Fn::GetAtt": { usage: "!GetAtt LogicalId.Attribute", read: target },
  "Fn::Sub": {
    usage: `!Sub "text \${LogicalId}", or !Sub ["text \${Name}", {Name: value}]`,
    read: template,
  },
  "Fn::Join": { usage: '!Join ["delimiter", [value, value]]', read: textAndMore },
  "Fn::Select": { usage: "!Select [index, [value, value]]", read: items(2) },
  "Fn::Split": { usage: '!Split ["delimiter", text]', read: textAndMore },
  "Fn::FindInMap": { usage: "!FindInMap [MapName, TopLevelKey, SecondLevelKey]", read: items(3) },
  "Fn::If": { usage: "!If [ConditionName, valueIfTrue, valueIfFalse]", read: choice },
  "Fn::Base64": { usage: "!Base64 text", read: ({ node }) => [node] },
  "Fn::GetAZs": { usage: "!GetAZs Region", read: ({ node }) => [node] },
  "Fn::ImportValue": { usage: "!ImportValue NameOfAnExport", read: ({ node }) => [node] },
  "Fn::Equals": { usage: "!Equals [value, value]", read: items(2) },
  "Fn::And": { usage: "!And [condition, condition] (2 to 10)", read: conditions(2, 10) },
  "Fn::Or": { usage: "!Or [condition, condition] (2 to 10)", read: conditions(2, 10) },
  "Fn::Not": { usage: "!Not [condition]", read: conditions(1, 1) },
  Condition: { usage: "!Condition ConditionName", read: oneText },
};

/** Functions that CloudFormation has and Wavetank has not. */
const NOT_EMULATED: Readonly<Record<string, string>> = {
  "Fn::Cidr": "Write the address blocks out.",
  "Fn::Transform": "Write the macro's result out.",
  "Fn::Length": "Write the number out.",
  "Fn::ToJsonString": "Write the JSON text out.",
};

/** The function behind `!Name`, `Fn::Name` or `Ref`; `undefined` for a key that is no function. */
export function functionName(key: string): string | undefined {
  if (key.startsWith("!")) {
    const name = key.slice(1);
    return name === "Ref" || name === "Condition" ? name : `Fn::${name}`;
  }
  return key === "Ref" || key.startsWith("Fn::") ? key : undefined;
}

/** Whether a key is `Fn::ForEach::LoopName`. */
export function isLoop(name: string): boolean {
  return name.startsWith("Fn::ForEach");
}

/** How a function's short tag is written: `!Sub`. */
export function shortTag(name: string): string {
  return `!${name.replace("Fn::", "")}`;
}

/** Takes a call's argument apart, or throws what is wrong with it. @param written `!Sub` or `Fn::Sub` */
export function readCall(
  written: string,
  argument: Node,
  { at, fail }: { at: Position; fail: (problem: Omit<Problem, "logicalId">) => never },
): Call {
  const name = functionName(written) ?? written;
  const instead = NOT_EMULATED[name];
  if (instead !== undefined || isLoop(name)) {
    const hint = instead ?? "Write out what it makes.";
    fail({ at, text: `${name} is not emulated.`, hint });
  }
  if (!isCallName(name)) {
    const known = Object.keys(FORMS).map(shortTag);
    const hint = suggestion(shortTag(name), { among: known, noun: "functions" });
    return fail({ at, text: `unknown function ${written}.`, hint });
  }
  const form = FORMS[name];
  const refuse: Argument["refuse"] = (where, text, hint) =>
    fail({ at: where, text: `${name} ${text}.`, hint: hint ?? `Write ${form.usage}.` });
  return { kind: "call", at, name, operands: form.read({ node: argument, refuse }) };
}

function isCallName(name: string): name is CallName {
  return Object.hasOwn(FORMS, name);
}

/** A single name, as text. */
function oneText(argument: Argument): Node[] {
  return [textIn(argument.node, argument)];
}

/** `Resource.Attribute`, or the two in a list; an attribute may hold further dots. */
function target({ node, refuse }: Argument): Node[] {
  if (node.kind === "list" && node.items.length === 2) {
    const [resource, attribute] = node.items;
    if (resource?.kind === "scalar" && attribute) return [resource, attribute];
  }
  const dot = node.kind === "scalar" ? node.text.indexOf(".") : -1;
  if (node.kind !== "scalar" || dot < 1 || dot === node.text.length - 1) {
    return refuse(node.at, `takes a resource and its attribute, not ${describe(node)}`);
  }
  return [scalar(node.text.slice(0, dot), node.at), scalar(node.text.slice(dot + 1), node.at)];
}

/** A list of exactly `count` values. */
function items(count: number): Form["read"] {
  return (argument) => listOf(argument, { min: count, max: count });
}

/** Joins and splits: a literal delimiter and what it applies to. */
function textAndMore(argument: Argument): Node[] {
  const [delimiter, subject] = listOf(argument, { min: 2, max: 2 });
  return [textIn(delimiter, argument), subject ?? argument.node];
}

/** `[ConditionName, then, otherwise]`. */
function choice(argument: Argument): Node[] {
  const [name, ...branches] = listOf(argument, { min: 3, max: 3 });
  return [textIn(name, argument), ...branches];
}

/** Conditions to combine; `{Condition: Name}` is the long form of `!Condition Name` here. */
function conditions(min: number, max: number): Form["read"] {
  return (argument) => listOf(argument, { min, max }).map((node) => conditionNamed(node) ?? node);
}

/** `{Condition: Name}` as a call; elsewhere in a template that is an ordinary map. */
export function conditionNamed(node: Node): Call | undefined {
  if (node.kind !== "map" || node.entries.size !== 1) return undefined;
  const name = node.entries.get("Condition")?.value;
  if (name?.kind !== "scalar") return undefined;
  return { kind: "call", at: node.at, name: "Condition", operands: [name] };
}

function listOf({ node, refuse }: Argument, { min, max }: { min: number; max: number }): Node[] {
  const count = min === max ? `${min}` : `${min} to ${max}`;
  const noun = max === 1 ? "value" : "values";
  if (node.kind !== "list")
    return refuse(node.at, `takes a list of ${count} ${noun}, not ${describe(node)}`);
  const { length } = node.items;
  if (length < min || length > max)
    refuse(node.at, `takes a list of ${count} ${noun}, not of ${length}`);
  return [...node.items];
}

function textIn(node: Node | undefined, { node: whole, refuse }: Argument): Node {
  if (node?.kind === "scalar") return node;
  return refuse(
    (node ?? whole).at,
    `takes a literal text here, not ${node ? describe(node) : "nothing"}`,
  );
}

/** `${Name}` is a reference or a variable, `${Name.Attribute}` an attribute, `${!x}` the text `${x}`. */
function template({ node, refuse }: Argument): Node[] {
  const [text, variables] =
    node.kind === "list" && node.items.length === 2 ? node.items : [node, undefined];
  if (text?.kind !== "scalar")
    return refuse(node.at, `takes a text, not ${describe(text ?? node)}`);
  if (variables && variables.kind !== "map") {
    return refuse(variables.at, `takes its variables as a map, not ${describe(variables)}`);
  }
  const pieces: Node[] = [];
  let end = 0;
  for (const match of text.text.matchAll(/\$\{([^}]*)\}/g)) {
    const [whole, name = ""] = match;
    if (match.index > end) pieces.push(scalar(text.text.slice(end, match.index), text.at));
    end = match.index + whole.length;
    if (name.startsWith("!")) pieces.push(scalar(`\${${name.slice(1)}}`, text.at));
    else if (!/^[A-Za-z0-9_.:]+$/.test(name)) {
      const hint = `Write \${!${name}} for that text itself, or the name of a parameter, resource or variable.`;
      refuse(text.at, `cannot substitute ${whole}`, hint);
    } else pieces.push(variables?.entries.get(name)?.value ?? reference(name, text.at));
  }
  if (end < text.text.length) pieces.push(scalar(text.text.slice(end), text.at));
  return pieces;
}

function reference(name: string, at: Position): Call {
  const dot = name.indexOf(".");
  if (dot < 0) return { kind: "call", at, name: "Ref", operands: [scalar(name, at)] };
  const operands = [scalar(name.slice(0, dot), at), scalar(name.slice(dot + 1), at)];
  return { kind: "call", at, name: "Fn::GetAtt", operands };
}
