import type { Call } from "./calls.ts";
import { conditionNamed } from "./calls.ts";
import { isResolved, resolve, type Scope } from "./intrinsics.ts";
import type { Section } from "./load.ts";
import { suggestion } from "./nearest.ts";
import { comparable, describe, eachCall, type Node, type Position, type Scalar } from "./node.ts";
import { templateError } from "./problem.ts";

// https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/intrinsic-function-reference-conditions.html

/** The Conditions section: each evaluated once, when first asked for. */
export class Conditions {
  readonly #section: Section;
  readonly #scope: Omit<Scope, "condition" | "created">;
  readonly #known = new Map<string, boolean>();
  /** What is being evaluated, outermost first: a condition that comes back to itself is a cycle. */
  readonly #underWay: string[] = [];

  constructor(section: Section, scope: Pick<Scope, "parameters" | "mappings">) {
    this.#section = section;
    this.#scope = scope;
  }

  /** Whether a condition holds. @param askedBy the logical id in whose part it is named */
  holds(name: Scalar, askedBy?: string): boolean {
    const known = this.#known.get(name.text);
    if (known !== undefined) return known;
    const entry = this.#section.get(name.text);
    if (!entry) {
      const hint = suggestion(name.text, { among: this.#section.keys(), noun: "conditions" });
      const text = `there is no condition "${name.text}".`;
      throw templateError({ at: name.at, logicalId: askedBy, text, hint });
    }
    if (this.#underWay.includes(name.text)) throw this.#cycle(name);
    this.#underWay.push(name.text);
    const value = this.#evaluate(entry.value);
    this.#underWay.pop();
    this.#known.set(name.text, value);
    return value;
  }

  /** Evaluates every condition, so that a fault in one that nothing uses is found too. */
  checkAll(): void {
    for (const [text, { at }] of this.#section) {
      this.holds({ kind: "scalar", at, value: text, text });
    }
  }

  #evaluate(node: Node): boolean {
    const call = conditionNamed(node) ?? node;
    if (call.kind !== "call") throw this.#notACondition(node);
    const { operands } = call;
    const [first, second] = operands;
    switch (call.name) {
      case "Fn::Equals":
        return this.#plain(first, call) === this.#plain(second, call);
      case "Fn::And":
        return operands.every((operand) => this.#evaluate(operand));
      case "Fn::Or":
        return operands.some((operand) => this.#evaluate(operand));
      case "Fn::Not":
        return !operands.some((operand) => this.#evaluate(operand));
      case "Condition":
        if (first?.kind === "scalar") return this.holds(first, this.#underWay.at(-1));
        throw this.#notACondition(call);
      default:
        throw this.#notACondition(call);
    }
  }

  /** An operand of Fn::Equals as a comparable text; a resource cannot be known before it exists. */
  #plain(node: Node | undefined, call: Call): string {
    const logicalId = this.#underWay.at(-1);
    const condition = (name: Scalar) => this.holds(name, logicalId);
    const value =
      node && resolve(node, { ...this.#scope, logicalId, condition, created: new Map() });
    if (value && isResolved(value)) return comparable(value);
    const parameters = [...this.#scope.parameters.keys()].filter((name) => !name.includes("::"));
    let unknown = "";
    if (value)
      eachCall(value, (open) => {
        unknown ||= open.operands[0]?.kind === "scalar" ? open.operands[0].text : "";
      });
    throw this.#fault(node?.at ?? call.at, {
      text: `a condition can only compare what is known before any resource exists${unknown && `, not "${unknown}"`}.`,
      hint: suggestion(unknown, { among: parameters, noun: "parameters" }),
    });
  }

  #cycle(name: Scalar): Error {
    const path = [...this.#underWay.slice(this.#underWay.indexOf(name.text)), name.text];
    return this.#fault(name.at, {
      text: `the condition refers to itself: ${path.join(" → ")}.`,
      hint: "Take one of these references out.",
    });
  }

  #notACondition(node: Node): Error {
    return this.#fault(node.at, {
      text: `${describe(node)} is not a condition.`,
      hint: "Write !Equals, !And, !Or, !Not, or !Condition Name.",
    });
  }

  #fault(at: Position, { text, hint }: { text: string; hint: string }): Error {
    return templateError({ at, logicalId: this.#underWay.at(-1), text, hint });
  }
}
