import { Query$ } from "@aws-sdk/client-dynamodb";
import { performed } from "../performing.ts";

// https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_Query.html
export const Query = performed(Query$);
