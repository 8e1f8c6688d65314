import { DeleteItem$ } from "@aws-sdk/client-dynamodb";
import { performed } from "../performing.ts";

// https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_DeleteItem.html
export const DeleteItem = performed(DeleteItem$);
