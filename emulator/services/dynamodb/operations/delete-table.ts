import { DeleteTable$ } from "@aws-sdk/client-dynamodb";
import { performed } from "../performing.ts";

// https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_DeleteTable.html
export const DeleteTable = performed(DeleteTable$);
