import { eachCall, member, type Node } from "./node.ts";
import { templateError } from "./problem.ts";
import type { Declaration } from "./resource-type.ts";

/** What of a declaration may refer to resources: its properties, and the metadata that is the tank's. */
export function referring({ properties, metadata }: Declaration): Node[] {
  const ours = member(metadata, "Wavetank");
  return ours ? [properties, ours] : [properties];
}

/** Which resources must exist before each: those it refers to and those it DependsOn. */
export type Dependencies = ReadonlyMap<string, ReadonlySet<string>>;

/** @param declarations all that will be created; names of others are none of this function's business */
export function dependenciesOf(declarations: readonly Declaration[]): Dependencies {
  const planned = new Set(declarations.map(({ logicalId }) => logicalId));
  return new Map(
    declarations.map((declaration) => {
      const names = new Set<string>();
      for (const node of referring(declaration)) {
        eachCall(node, ({ name, operands: [target] }) => {
          const refers = name === "Ref" || name === "Fn::GetAtt";
          if (refers && target?.kind === "scalar" && planned.has(target.text))
            names.add(target.text);
        });
      }
      for (const { text } of declaration.dependsOn) if (planned.has(text)) names.add(text);
      return [declaration.logicalId, names];
    }),
  );
}

/**
 * The resources in an order in which each comes after those that it depends on, otherwise as written.
 * @throws WavetankError that spells the cycle out when there is none
 */
export function inOrder(
  declarations: readonly Declaration[],
  dependencies: Dependencies,
): Declaration[] {
  const byId = new Map(declarations.map((declaration) => [declaration.logicalId, declaration]));
  const ordered = new Set<Declaration>();
  const visit = (declaration: Declaration, path: readonly string[]) => {
    if (ordered.has(declaration)) return;
    const { logicalId, owner, at } = declaration;
    if (path.includes(logicalId)) {
      const cycle = [...path.slice(path.indexOf(logicalId)), logicalId].join(" → ");
      const text = `resources depend on one another: ${cycle}.`;
      const hint = "Take one of these references out, e.g. by giving a resource a fixed name.";
      throw templateError({ at, logicalId: owner, text, hint });
    }
    for (const name of dependencies.get(logicalId) ?? []) {
      const dependency = byId.get(name);
      if (dependency) visit(dependency, [...path, logicalId]);
    }
    ordered.add(declaration);
  };
  for (const declaration of declarations) visit(declaration, []);
  return [...ordered];
}
