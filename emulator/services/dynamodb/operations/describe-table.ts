import { DescribeTable$ } from "@aws-sdk/client-dynamodb";
import { performed } from "../performing.ts";

// https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_DescribeTable.html
export const DescribeTable = performed(DescribeTable$);
