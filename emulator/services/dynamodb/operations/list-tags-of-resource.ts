import { ListTagsOfResource$ } from "@aws-sdk/client-dynamodb";
import { performed } from "../performing.ts";

// https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_ListTagsOfResource.html
export const ListTagsOfResource = performed(ListTagsOfResource$);
