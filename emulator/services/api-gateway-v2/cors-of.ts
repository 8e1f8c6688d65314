import type { Cors as CorsMembers } from "@aws-sdk/client-apigatewayv2";
import type { Cors } from "../../gateway/cors.ts";

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
