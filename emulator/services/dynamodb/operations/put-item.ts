import { PutItem$ } from "@aws-sdk/client-dynamodb";
import { performed } from "../performing.ts";

// https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_PutItem.html
export const PutItem = performed(PutItem$);
