import { describe, member, type Node } from "./node.ts";
import type { Report } from "./problem.ts";
import type { Declaration } from "./resource-type.ts";

// https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/sam-resource-connector.html
const ACCESS = ["Read", "Write"];

/** Checks who a connector connects, and for what. It is kept: nothing is enforced. */
export function checkConnector(
  properties: Node,
  {
    ends,
    declared,
    report,
  }: {
    /** `Source` goes without saying where a connector stands on a resource. */
    ends: readonly ("Source" | "Destination")[];
    declared: Pick<Declaration, "owner" | "at">;
    report: Report;
  },
): void {
  const { owner: logicalId } = declared;
  for (const end of ends) {
    const given = member(properties, end);
    const all = given?.kind === "list" ? given.items : given ? [given] : [];
    if (all.length === 0) {
      const hint = `Write ${end}: { Id: LogicalId }.`;
      report.fault({ at: properties.at, logicalId, text: `the connector needs ${end}.`, hint });
    }
    for (const one of all) {
      if (member(one, "Id") || member(one, "Type") || one.kind === "call") continue;
      const text = `${end} of a connector names a resource by Id, or by Type and Arn.`;
      report.fault({ at: one.at, logicalId, text, hint: `Write ${end}: { Id: LogicalId }.` });
    }
  }
  const permissions = member(properties, "Permissions");
  const items = permissions?.kind === "list" ? permissions.items : [];
  const hint = "Write Permissions: [Read], [Write] or [Read, Write].";
  if (items.length === 0) {
    const text = "the connector needs a list of Permissions.";
    report.fault({ at: permissions?.at ?? properties.at, logicalId, text, hint });
  }
  for (const item of items) {
    if (item.kind === "call" || (item.kind === "scalar" && ACCESS.includes(item.text))) continue;
    const text = `${describe(item)} is no permission of a connector.`;
    report.fault({ at: item.at, logicalId, text, hint });
  }
}

/** Checks the `Connectors` attribute of a resource: connectors whose source it is. */
export function checkConnectors(
  connectors: Node,
  { declared, report }: { declared: Pick<Declaration, "owner" | "at">; report: Report },
): void {
  if (connectors.kind !== "map") {
    const text = `Connectors must be a map, not ${describe(connectors)}.`;
    const hint = "Write Connectors: and below it a name and its Properties:.";
    report.fault({ at: connectors.at, logicalId: declared.owner, text, hint });
    return;
  }
  for (const { value } of connectors.entries.values()) {
    const properties = member(value, "Properties") ?? value;
    checkConnector(properties, { ends: ["Destination"], declared, report });
  }
}
