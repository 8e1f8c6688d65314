import type { TankContext } from "../../core/context.ts";
import type { Service } from "../../core/service.ts";
import { DynamoDbEngine } from "./engine.ts";
import { MAX_REQUEST_BYTES } from "./limits.ts";
import { BatchGetItem } from "./operations/batch-get-item.ts";
import { BatchWriteItem } from "./operations/batch-write-item.ts";
import { CreateTable } from "./operations/create-table.ts";
import { DeleteItem } from "./operations/delete-item.ts";
import { DeleteTable } from "./operations/delete-table.ts";
import { DescribeTable } from "./operations/describe-table.ts";
import { DescribeTimeToLive } from "./operations/describe-time-to-live.ts";
import { GetItem } from "./operations/get-item.ts";
import { ListTables } from "./operations/list-tables.ts";
import { ListTagsOfResource } from "./operations/list-tags-of-resource.ts";
import { PutItem } from "./operations/put-item.ts";
import { Query } from "./operations/query.ts";
import { Scan } from "./operations/scan.ts";
import { TagResource } from "./operations/tag-resource.ts";
import { UntagResource } from "./operations/untag-resource.ts";
import { UpdateItem } from "./operations/update-item.ts";
import { UpdateTable } from "./operations/update-table.ts";

export type { DynamoDbEngine } from "./engine.ts";

/** Amazon DynamoDB, by dynalite. */
export function dynamodb(context: TankContext): Service & { readonly engine: DynamoDbEngine } {
  return {
    name: "dynamodb",
    protocol: "aws-json-1.0",
    target: "DynamoDB_20120810",
    engine: new DynamoDbEngine(context),
    maxBodyBytes: MAX_REQUEST_BYTES,
    model: () => import("@aws-sdk/client-dynamodb"),
    operations: {
      BatchGetItem,
      BatchWriteItem,
      CreateTable,
      DeleteItem,
      DeleteTable,
      DescribeTable,
      DescribeTimeToLive,
      GetItem,
      ListTables,
      ListTagsOfResource,
      PutItem,
      Query,
      Scan,
      TagResource,
      UntagResource,
      UpdateItem,
      UpdateTable,
    },
  };
}
