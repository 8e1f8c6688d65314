import { randomBytes, randomUUID } from "node:crypto";
import type { Scope } from "../core/service.ts";
import { traceIdOf } from "../core/trace-id.ts";
import type { Invocation } from "./incoming.ts";

/** What a request is called from now on. */
export function newInvocation(
  at: number,
  place: {
    readonly scope: Scope;
    readonly id: string;
    readonly stage: string;
    readonly stageVariables?: Readonly<Record<string, string>>;
    readonly domainName: string;
  },
): Invocation {
  const { scope, id, stage, stageVariables = {}, domainName } = place;
  // One draw for all three: they only have to differ from those of other requests.
  const requestId = randomUUID();
  const digits = requestId.replaceAll("-", "");
  return {
    requestId,
    extendedRequestId: Buffer.from(digits.slice(0, 22), "hex").toString("base64"),
    traceId: `Root=${traceIdOf(at, requestId)}`,
    at,
    accountId: scope.accountId,
    region: scope.region,
    id,
    stage,
    stageVariables,
    domainName,
  };
}

/** Ten letters and digits, as AWS names APIs and their parts. */
export function newId(length = 10): string {
  const letters = "0123456789abcdefghijklmnopqrstuvwxyz";
  return [...randomBytes(length)].map((byte) => letters[byte % 36]).join("");
}
