import {
  CreateResource$,
  type CreateResourceRequest,
  type Resource,
} from "@aws-sdk/client-api-gateway";
import { operation } from "../../../core/service.ts";
import { describeResource } from "../describing.ts";
import type { ApiGatewayEngine } from "../engine.ts";
import { pathPartInvalid, resourceExists, resourceNotFound } from "../errors.ts";

const PATH_PART = /^(?:[\w.:-]+|\{[\w.:-]+\+?\})$/;

// https://docs.aws.amazon.com/apigateway/latest/api/API_CreateResource.html
export const CreateResource = operation<ApiGatewayEngine, CreateResourceRequest, Resource>({
  schema: CreateResource$,
  handle(gateway, { restApiId, parentId, pathPart }, call) {
    const api = gateway.api(restApiId, call);
    const parent = api.resources.get(parentId);
    if (!parent) throw resourceNotFound();
    if (!PATH_PART.test(pathPart)) throw pathPartInvalid();
    if (api.child(parentId, pathPart)) throw resourceExists(pathPart);
    return describeResource(api.addChild(parent, pathPart));
  },
  summarize: (_input, { path }) => path ?? "",
});
