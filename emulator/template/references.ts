import type { Call } from "./calls.ts";
import type { Declared } from "./declare.ts";
import type { Template } from "./load.ts";
import { nearest, suggestion } from "./nearest.ts";
import { eachCall, type Scalar } from "./node.ts";
import { referring } from "./order.ts";
import type { PlannedOutput } from "./outputs.ts";
import type { Report } from "./problem.ts";
import { RESOURCE_TYPES } from "./resource-types.ts";

/** Checks that whatever is still referred to will exist, and has the attribute asked for. */
export function checkReferences(checked: {
  declared: Declared;
  template: Template;
  outputs: readonly PlannedOutput[];
  report: Report;
}): void {
  const references = new References(checked);
  for (const declaration of checked.declared.declarations) {
    const { owner, dependsOn } = declaration;
    for (const node of referring(declaration)) {
      eachCall(node, (call) => references.check(call, owner));
    }
    for (const name of dependsOn) references.checkDependency(name, owner);
  }
  for (const { name, value } of checked.outputs)
    eachCall(value, (call) => references.check(call, name));
}

class References {
  readonly #declared: Declared;
  readonly #template: Template;
  readonly #report: Report;

  constructor({
    declared,
    template,
    report,
  }: {
    declared: Declared;
    template: Template;
    report: Report;
  }) {
    this.#declared = declared;
    this.#template = template;
    this.#report = report;
  }

  check({ name, operands: [target, attribute] }: Call, logicalId: string): void {
    if (target?.kind !== "scalar" || (name !== "Ref" && name !== "Fn::GetAtt")) return;
    const resource = this.#declared.declarations.find((one) => one.logicalId === target.text);
    if (!resource) {
      this.#unknown(target, { call: name, logicalId });
      return;
    }
    const type = RESOURCE_TYPES.get(resource.type);
    if (name === "Ref" || type?.kind !== "api" || attribute?.kind !== "scalar") return;
    if (type.attributes.includes(attribute.text)) return;
    const noun = `attributes of ${resource.type}`;
    const hint = suggestion(attribute.text, { among: type.attributes, noun });
    const text = `${target.text} has no attribute "${attribute.text}".`;
    this.#report.fault({ at: target.at, logicalId, text, hint });
  }

  /** CloudFormation ignores a DependsOn on what a condition leaves out. */
  checkDependency(name: Scalar, logicalId: string): void {
    if (this.#template.resources.has(name.text)) return;
    if (this.#declared.declarations.some((one) => one.logicalId === name.text)) return;
    const among = this.#template.resources.keys();
    const hint = suggestion(name.text, { among, noun: "resources" });
    const text = `DependsOn names "${name.text}", which is no resource.`;
    this.#report.fault({ at: name.at, logicalId, text, hint });
  }

  #unknown(target: Scalar, { call, logicalId }: { call: string; logicalId: string }): void {
    const { text: name, at } = target;
    const condition = this.#declared.excluded.get(name);
    if (condition !== undefined) {
      const text = `${call} "${name}": it is not created, its condition ${condition} is false.`;
      const hint = `Write !If [${condition}, …, !Ref AWS::NoValue] around it.`;
      this.#report.fault({ at, logicalId, text, hint });
      return;
    }
    if (this.#template.parameters.has(name)) {
      const text = `${call} "${name}": a parameter has no attributes.`;
      this.#report.fault({ at, logicalId, text, hint: `Write !Ref ${name}.` });
      return;
    }
    const resources = this.#declared.declarations.map((one) => one.logicalId);
    const among =
      call === "Ref" ? [...resources, ...this.#template.parameters.keys(), ...PSEUDO] : resources;
    const meant = nearest(name, among);
    const known = [...resources, ...(call === "Ref" ? this.#template.parameters.keys() : [])];
    const kind = call === "Ref" ? "resource or parameter" : "resource";
    const list = `Known ${kind}s: ${known.join(", ")}.`;
    const hint = meant ? `Did you mean "${meant}"? ${list}` : list;
    this.#report.fault({
      at,
      logicalId,
      text: `${call} "${name}": there is no such ${kind}.`,
      hint,
    });
  }
}

const PSEUDO = [
  "AWS::AccountId",
  "AWS::NoValue",
  "AWS::NotificationARNs",
  "AWS::Partition",
  "AWS::Region",
  "AWS::StackId",
  "AWS::StackName",
  "AWS::URLSuffix",
];
