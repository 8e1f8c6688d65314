import { CreateTable$ } from "@aws-sdk/client-dynamodb";
import { performed } from "../performing.ts";

// https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_CreateTable.html
export const CreateTable = performed(CreateTable$);
