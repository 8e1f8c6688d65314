import {
  type CreateTableInput,
  CreateTableInput$,
  type DescribeTableOutput,
} from "@aws-sdk/client-dynamodb";
import { arn } from "../../core/arn.ts";
import { createOrAdopt, deleteIfPresent, waitFor, waitUntilGone } from "../api.ts";
import { resourceType } from "../resource-type.ts";
import { membersOf } from "../shape.ts";

// https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-dynamodb-table.html
type Values = Omit<CreateTableInput, "TableName"> & { readonly TableName?: string };

export const dynamodbTable = resourceType<Values>({
  type: "AWS::DynamoDB::Table",
  honoured: membersOf(CreateTableInput$, [
    "TableName",
    "AttributeDefinitions",
    "KeySchema",
    "BillingMode",
    "ProvisionedThroughput",
    "GlobalSecondaryIndexes",
    "LocalSecondaryIndexes",
    "Tags",
  ]),
  required: ["KeySchema"],
  kept: [
    "ContributorInsightsSpecification",
    "OnDemandThroughput",
    "PointInTimeRecoverySpecification",
    "ResourcePolicy",
    "SSESpecification",
    "TableClass",
    "WarmThroughput",
  ],
  notEmulated: [
    "DeletionProtectionEnabled",
    "GlobalTableSettingsReplicationMode",
    "ImportSourceSpecification",
    "KinesisStreamSpecification",
    "StreamSpecification",
    "TimeToLiveSpecification",
  ],
  attributes: ["Arn"],

  async create(resource, api) {
    const TableName = resource.values.TableName ?? resource.generatedName(255);
    const input = { ...resource.values, TableName };
    const call = { service: "dynamodb", operation: "CreateTable", input } as const;
    return {
      isAdopted: await createOrAdopt(api, call),
      physicalId: TableName,
      attributes: { Arn: arn("dynamodb", api.scope, `table/${TableName}`) },
    };
  },

  async stabilize(_resource, { api, created: { physicalId: TableName } }) {
    const probe = async () => {
      const { Table } = await api.call<DescribeTableOutput>("dynamodb", "DescribeTable", {
        TableName,
      });
      return Table?.TableStatus === "ACTIVE" || undefined;
    };
    await waitFor(api, { what: `the table ${TableName} to be ACTIVE`, probe });
  },

  async delete({ physicalId: TableName }, api) {
    await deleteIfPresent(api.call("dynamodb", "DeleteTable", { TableName }));
    await waitUntilGone(api, {
      what: `the table ${TableName} to go`,
      ask: () => api.call("dynamodb", "DescribeTable", { TableName }),
    });
  },
});
