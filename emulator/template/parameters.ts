import { WavetankError } from "../core/errors.ts";
import type { Scope as AccountScope } from "../core/service.ts";
import type { Template } from "./load.ts";
import { stackId } from "./names.ts";
import { suggestion } from "./nearest.ts";
import { list, member, type Node, type Position, type Scalar, scalar } from "./node.ts";
import { templateError } from "./problem.ts";

// https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/parameters-section-structure.html

const TYPES = ["String", "Number", "CommaDelimitedList", "List<Number>"];
const PROPERTIES = [
  "Type",
  "Default",
  "AllowedValues",
  "AllowedPattern",
  "ConstraintDescription",
  "Description",
  "MinLength",
  "MaxLength",
  "MinValue",
  "MaxValue",
  "NoEcho",
];

/** What `!Ref` gives for the parameters that a template declares. @param given values by name */
export function parameterValues(
  template: Pick<Template, "parameters" | "file">,
  given: Readonly<Record<string, string>>,
): Map<string, Node> {
  for (const name of Object.keys(given)) {
    if (template.parameters.has(name)) continue;
    throw new WavetankError("ERR_TEMPLATE", `${template.file} has no parameter "${name}".`, {
      hint: suggestion(name, { among: template.parameters.keys(), noun: "parameters" }),
    });
  }
  const values = new Map<string, Node>();
  for (const [name, { at, value }] of template.parameters) {
    values.set(
      name,
      new Parameter(name, { declared: value, at }).value(
        Object.hasOwn(given, name) ? given[name] : undefined,
      ),
    );
  }
  return values;
}

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/pseudo-parameter-reference.html */
export function pseudoParameters(
  stackName: string,
  { scope, at }: { scope: AccountScope; at: Position },
): Map<string, Node | undefined> {
  return new Map<string, Node | undefined>([
    ["AWS::Region", scalar(scope.region, at)],
    ["AWS::AccountId", scalar(scope.accountId, at)],
    ["AWS::StackName", scalar(stackName, at)],
    ["AWS::StackId", scalar(stackId(stackName, scope), at)],
    ["AWS::Partition", scalar("aws", at)],
    ["AWS::URLSuffix", scalar("amazonaws.com", at)],
    ["AWS::NotificationARNs", list([], at)],
    ["AWS::NoValue", undefined],
  ]);
}

/** One declared parameter. */
class Parameter {
  readonly #name: string;
  readonly #declared: Node;
  readonly #at: Position;
  readonly #type: string;

  constructor(name: string, { declared, at }: { declared: Node; at: Position }) {
    this.#name = name;
    this.#declared = declared;
    this.#at = at;
    this.#checkProperties();
    this.#type = this.#text("Type") ?? "";
    if (!TYPES.includes(this.#type)) {
      const hint = suggestion(this.#type, { among: TYPES, noun: "parameter types" });
      throw this.#fault(`unknown parameter type "${this.#type}".`, {
        hint,
        at: this.#place("Type"),
      });
    }
  }

  value(given: string | undefined): Node {
    const text = given ?? this.#text("Default");
    if (text === undefined) {
      throw this.#fault("the parameter has no value and no default.", {
        hint: `Pass one with --parameter ${this.#name}=value, or give it a Default.`,
      });
    }
    const at = given === undefined ? this.#place("Default") : this.#at;
    const isList = this.#type === "CommaDelimitedList" || this.#type === "List<Number>";
    const texts = isList ? text.split(",").map((item) => item.trim()) : [text];
    for (const item of texts) this.#check(item, at);
    const nodes = texts.map((item) => scalar(item, at));
    return isList ? list(nodes, at) : scalar(text, at);
  }

  #check(value: string, at: Position): void {
    const isSecret = this.#text("NoEcho")?.toLowerCase() === "true";
    const shown = isSecret ? "the value" : `the value "${value}"`;
    const own = this.#text("ConstraintDescription");
    const refuse = (text: string, hint: string) =>
      this.#fault(text, { hint: own ? `${own}.` : hint, at });
    const allowed = this.#allowed();
    if (allowed && !allowed.includes(value)) {
      throw refuse(`${shown} is not allowed.`, `Allowed: ${allowed.join(", ")}.`);
    }
    const number = Number(value);
    if (this.#type.includes("Number") && (value === "" || Number.isNaN(number))) {
      throw refuse(`${shown} is not a number.`, "Give a number.");
    }
    const pattern = this.#text("AllowedPattern");
    if (pattern !== undefined && !this.#matches(value, pattern)) {
      throw refuse(`${shown} does not match ${pattern}.`, `Give a value that matches ${pattern}.`);
    }
    const lengths = { least: this.#number("MinLength"), most: this.#number("MaxLength") };
    if (!within(value.length, lengths)) {
      throw refuse(
        `${shown} has ${value.length} characters.`,
        `Give ${bounds(lengths)} characters.`,
      );
    }
    const range = { least: this.#number("MinValue"), most: this.#number("MaxValue") };
    if (!within(number, range)) {
      throw refuse(`${shown} is out of range.`, `Give a number of ${bounds(range)}.`);
    }
  }

  #matches(value: string, pattern: string): boolean {
    try {
      return new RegExp(`^(?:${pattern})$`, "u").test(value);
    } catch {
      const at = this.#place("AllowedPattern");
      throw this.#fault(`${pattern} is not a regular expression.`, { hint: "Correct it.", at });
    }
  }

  #allowed(): string[] | undefined {
    const node = member(this.#declared, "AllowedValues");
    if (!node) return undefined;
    if (node.kind === "list" && node.items.every((item) => item.kind === "scalar")) {
      return node.items.map((item) => (item as Scalar).text);
    }
    throw this.#fault("AllowedValues must be a list of values.", {
      hint: "Write [a, b].",
      at: node.at,
    });
  }

  #checkProperties(): void {
    if (this.#declared.kind !== "map" || !this.#declared.entries.has("Type")) {
      throw this.#fault("the parameter has no Type.", {
        hint: `Write Type: and one of ${TYPES.join(", ")}.`,
      });
    }
    for (const [key, { at }] of this.#declared.entries) {
      if (PROPERTIES.includes(key)) continue;
      const hint = suggestion(key, { among: PROPERTIES, noun: "properties of a parameter" });
      throw this.#fault(`unknown property "${key}" of a parameter.`, { hint, at });
    }
  }

  #text(key: string): string | undefined {
    const node = member(this.#declared, key);
    if (!node || node.kind === "scalar") return node?.text;
    throw this.#fault(`${key} must be a text or a number.`, {
      hint: `Write ${key}: value.`,
      at: node.at,
    });
  }

  #number(key: string): number | undefined {
    const text = this.#text(key);
    if (text === undefined || !Number.isNaN(Number(text)))
      return text === undefined ? undefined : Number(text);
    throw this.#fault(`${key} must be a number.`, {
      hint: `Write ${key}: 1.`,
      at: this.#place(key),
    });
  }

  #place(key: string): Position {
    return member(this.#declared, key)?.at ?? this.#at;
  }

  #fault(text: string, { hint, at = this.#at }: { hint: string; at?: Position }): WavetankError {
    return templateError({ at, logicalId: this.#name, text, hint });
  }
}

interface Bounds {
  readonly least: number | undefined;
  readonly most: number | undefined;
}

function within(value: number, { least, most }: Bounds): boolean {
  return !(least !== undefined && value < least) && !(most !== undefined && value > most);
}

function bounds({ least, most }: Bounds): string {
  if (least === undefined) return `at most ${most}`;
  return most === undefined ? `at least ${least}` : `${least} to ${most}`;
}
