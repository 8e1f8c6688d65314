import { DescribeTimeToLive$ } from "@aws-sdk/client-dynamodb";
import { performed } from "../performing.ts";

// https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_DescribeTimeToLive.html
export const DescribeTimeToLive = performed(DescribeTimeToLive$);
