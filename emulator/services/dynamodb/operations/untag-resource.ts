import { UntagResource$ } from "@aws-sdk/client-dynamodb";
import { performed } from "../performing.ts";

// https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_UntagResource.html
export const UntagResource = performed(UntagResource$);
