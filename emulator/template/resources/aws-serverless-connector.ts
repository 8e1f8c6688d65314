import { checkConnector } from "../connectors.ts";
import type { MacroType } from "../resource-type.ts";
import { anything } from "../shape.ts";

// https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/sam-resource-connector.html

// DIFFERS: SAM makes policies of it; every caller may do everything here, so nothing is created.
export const serverlessConnector: MacroType = {
  kind: "macro",
  type: "AWS::Serverless::Connector",
  honoured: { Source: anything, Destination: anything, Permissions: anything },
  kept: ["SourceReference"],
  notEmulated: [],

  expand(declared, report) {
    const ends = ["Source", "Destination"] as const;
    checkConnector(declared.properties, { ends, declared, report });
    return [];
  },
};
