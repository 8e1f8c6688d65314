import { methodNotFound, resourceNotFound } from "./errors.ts";
import type { Method, RestApi } from "./model/rest-api.ts";

/** The method that a request names. */
export function methodAt(
  api: RestApi,
  { resourceId, httpMethod }: { resourceId: string; httpMethod: string },
): Method {
  const resource = api.resources.get(resourceId);
  if (!resource) throw resourceNotFound();
  const method = Object.hasOwn(resource.methods, httpMethod)
    ? resource.methods[httpMethod]
    : undefined;
  if (!method) throw methodNotFound();
  return method;
}
