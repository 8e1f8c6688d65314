import { TagResource$ } from "@aws-sdk/client-dynamodb";
import { performed } from "../performing.ts";

// https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_TagResource.html
export const TagResource = performed(TagResource$);
