import { UpdateTable$ } from "@aws-sdk/client-dynamodb";
import { performed } from "../performing.ts";

// https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_UpdateTable.html
export const UpdateTable = performed(UpdateTable$);
