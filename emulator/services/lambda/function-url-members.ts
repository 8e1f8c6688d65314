import type { Cors as CorsMembers, FunctionUrlConfig } from "@aws-sdk/client-lambda";
import type { Cors } from "../../gateway/cors.ts";
import type { FunctionUrl } from "./function-urls.ts";

/** A function URL in AWS's members. */
export function describeUrl(
  url: FunctionUrl,
): FunctionUrlConfig & { CreationTime: string; LastModifiedTime: string } {
  const { id, fn, arn, authType, cors, createdAt } = url;
  const at = new Date(createdAt).toISOString();
  return {
    FunctionUrl: `https://${id}.lambda-url.${fn.scope.region}.on.aws/`,
    FunctionArn: arn,
    AuthType: authType,
    ...(cors && { Cors: describeCors(cors) }),
    CreationTime: at,
    LastModifiedTime: at,
    InvokeMode: "BUFFERED",
  };
}

/** A CORS configuration without AWS's member names. */
export function corsOf(members: CorsMembers): Cors {
  return {
    allowOrigins: members.AllowOrigins,
    allowMethods: members.AllowMethods,
    allowHeaders: members.AllowHeaders,
    exposeHeaders: members.ExposeHeaders,
    allowCredentials: members.AllowCredentials,
    maxAge: members.MaxAge,
  };
}

function describeCors(cors: Cors): CorsMembers {
  const { allowOrigins, allowMethods, allowHeaders, exposeHeaders, allowCredentials, maxAge } =
    cors;
  return {
    ...(allowOrigins && { AllowOrigins: [...allowOrigins] }),
    ...(allowMethods && { AllowMethods: [...allowMethods] }),
    ...(allowHeaders && { AllowHeaders: [...allowHeaders] }),
    ...(exposeHeaders && { ExposeHeaders: [...exposeHeaders] }),
    ...(allowCredentials !== undefined && { AllowCredentials: allowCredentials }),
    ...(maxAge !== undefined && { MaxAge: maxAge }),
  };
}
