import { dict, list, member, type Node, scalar } from "../node.ts";
import type { MacroType } from "../resource-type.ts";
import { anything } from "../shape.ts";

// https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/sam-resource-simpletable.html

/** SAM's names of the types that a key may have. */
const TYPES: Readonly<Record<string, string>> = { String: "S", Number: "N", Binary: "B" };

export const serverlessSimpleTable: MacroType = {
  kind: "macro",
  type: "AWS::Serverless::SimpleTable",
  honoured: { PrimaryKey: anything, ProvisionedThroughput: anything, TableName: anything },
  kept: ["PointInTimeRecoverySpecification", "SSESpecification", "Tags"],
  notEmulated: [],

  expand(declared, report) {
    const { properties, at, owner: logicalId } = declared;
    const throughput = member(properties, "ProvisionedThroughput");
    const key = member(properties, "PrimaryKey");
    const name = member(key, "Name") ?? scalar("id", at);
    const type = member(key, "Type") ?? scalar("String", at);
    const letter = type.kind === "scalar" ? TYPES[type.text] : undefined;
    if (letter === undefined) {
      const text = "the Type of a PrimaryKey is none that SAM has.";
      const hint = `Write Type: ${Object.keys(TYPES).join(", ")}.`;
      report.fault({ at: type.at, logicalId, text, hint });
    }
    const element = (members: Record<string, Node>) => list([dict(members, at)], at);
    const table = dict(
      {
        TableName: member(properties, "TableName"),
        AttributeDefinitions: element({
          AttributeName: name,
          AttributeType: scalar(letter ?? "S", at),
        }),
        KeySchema: element({ AttributeName: name, KeyType: scalar("HASH", at) }),
        ProvisionedThroughput: throughput,
        BillingMode: throughput ? undefined : scalar("PAY_PER_REQUEST", at),
      },
      properties.at,
    );
    return [{ ...declared, type: "AWS::DynamoDB::Table", properties: table }];
  },
};
