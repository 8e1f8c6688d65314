import { ListTables$ } from "@aws-sdk/client-dynamodb";
import { performed } from "../performing.ts";

// https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_ListTables.html
export const ListTables = performed(ListTables$);
