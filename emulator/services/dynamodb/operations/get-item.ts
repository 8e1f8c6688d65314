import { GetItem$ } from "@aws-sdk/client-dynamodb";
import { performed } from "../performing.ts";

// https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_GetItem.html
export const GetItem = performed(GetItem$);
