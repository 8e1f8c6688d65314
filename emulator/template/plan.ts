import type { Scope as AccountScope } from "../core/service.ts";
import { Conditions } from "./conditions.ts";
import { checkNames, type Declared, declareResources } from "./declare.ts";
import type { Scope } from "./intrinsics.ts";
import type { Template } from "./load.ts";
import { member } from "./node.ts";
import { type Dependencies, dependenciesOf, inOrder } from "./order.ts";
import { type PlannedOutput, planOutputs } from "./outputs.ts";
import { parameterValues, pseudoParameters } from "./parameters.ts";
import { Report } from "./problem.ts";
import { checkReferences } from "./references.ts";
import type { ApiType, Declaration } from "./resource-type.ts";
import { RESOURCE_TYPES } from "./resource-types.ts";
import { read } from "./shape.ts";

/** What a deploy of a template comes to: checked throughout, before anything is created. */
export interface Plan {
  readonly stackName: string;
  readonly template: Template;
  /** In an order in which they can be created. */
  readonly resources: readonly PlannedResource[];
  readonly dependencies: Dependencies;
  readonly outputs: readonly PlannedOutput[];
  /** What names stand for while nothing is created yet. */
  readonly scope: Scope;
  /** The exports of other stacks that it uses. */
  readonly imported: ReadonlySet<string>;
  /** What a loose deploy leaves out, one sentence each. */
  readonly warnings: readonly string[];
}

export interface PlannedResource {
  readonly declaration: Declaration;
  readonly type: ApiType;
}

export interface PlanOptions {
  readonly stackName: string;
  readonly scope: AccountScope;
  /** Values of the template's parameters, by name. */
  readonly parameters?: Readonly<Record<string, string>> | undefined;
  /** What other stacks export, by the export's name. */
  readonly imports?: ReadonlyMap<string, string> | undefined;
  /** Leaves out what Wavetank does not know or emulate, with a warning, instead of stopping. */
  readonly loose?: boolean | undefined;
}

/**
 * Evaluates a template as far as can be without creating anything, and checks the rest.
 * @throws WavetankError ERR_TEMPLATE naming file, line, logical id and what to write instead
 */
export function plan(template: Template, options: PlanOptions): Plan {
  const { stackName, loose } = options;
  const report = new Report({ loose });
  const start = { file: template.file, line: 1, column: 1 };
  const parameters = new Map([
    ...pseudoParameters(stackName, { scope: options.scope, at: start }),
    ...parameterValues(template, options.parameters ?? {}),
  ]);
  const { mappings } = template;
  const conditions = new Conditions(template.conditions, { parameters, mappings });
  conditions.checkAll();
  const imported = new Set<string>();
  const base: Scope = {
    parameters,
    mappings,
    condition: (name, askedBy) => conditions.holds(name, askedBy),
    created: new Map(),
    imports: options.imports,
    imported,
  };
  const declared = declareResources(template, { scope: base, report });
  const scope: Scope = { ...base, leftOut: declared.leftOut };
  const outputs = planOutputs(template, { scope, report });
  const resources = checkResources(declared, report);
  const declarations = resources.map(({ declaration }) => declaration);
  checkReferences({ declared: { ...declared, declarations }, template, outputs, report });
  report.throwIfFaulty();
  const dependencies = dependenciesOf(declarations);
  const order = inOrder(declarations, dependencies);
  return {
    stackName,
    template,
    resources: order.flatMap((declaration) => {
      return resources.find((resource) => resource.declaration === declaration) ?? [];
    }),
    dependencies,
    outputs,
    scope,
    imported,
    warnings: report.warnings,
  };
}

/** Checks each resource's properties against its type. */
function checkResources({ declarations }: Declared, report: Report): PlannedResource[] {
  return declarations.flatMap((declared) => {
    const type = RESOURCE_TYPES.get(declared.type);
    if (type?.kind !== "api") return [];
    const declaration = { ...declared, properties: checkNames(declared, report) };
    for (const name of type.required ?? []) {
      if (declaration.properties.entries.has(name)) continue;
      report.fault({
        at: declaration.at,
        logicalId: declaration.owner,
        text: `${type.type} needs the property ${name}.`,
        hint: `Write ${name}: below Properties.`,
      });
    }
    const ours = type.readsMetadata ? undefined : member(declaration.metadata, "Wavetank");
    if (ours) {
      const text = `Metadata.Wavetank means nothing on ${type.type}.`;
      const hint = "Write it on an AWS::S3::Bucket, with the list Upload.";
      report.fault({ at: ours.at, logicalId: declaration.owner, text, hint });
    }
    readProperties(declaration, { type, report });
    type.check?.(declaration, report);
    return [{ declaration, type }];
  });
}

/** The properties as the API takes them; those that still await a resource are `undefined`. */
export function readProperties(
  { properties, owner: logicalId }: Declaration,
  { type, report }: { type: ApiType; report: Report },
): Record<string, unknown> {
  const values: Record<string, unknown> = {};
  for (const [path, { value }] of properties.entries) {
    const shape = type.honoured[path];
    if (shape) values[path] = read(value, shape, { report, logicalId, path });
  }
  return values;
}
