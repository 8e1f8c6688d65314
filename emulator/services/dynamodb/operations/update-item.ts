import { UpdateItem$ } from "@aws-sdk/client-dynamodb";
import { performed } from "../performing.ts";

// https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_UpdateItem.html
export const UpdateItem = performed(UpdateItem$);
