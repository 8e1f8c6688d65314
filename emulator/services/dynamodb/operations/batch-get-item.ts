import { BatchGetItem$ } from "@aws-sdk/client-dynamodb";
import { performed } from "../performing.ts";

// https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_BatchGetItem.html
export const BatchGetItem = performed(BatchGetItem$);
