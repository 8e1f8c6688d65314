import { randomBytes, randomUUID } from "node:crypto";
import type { Scope } from "../core/service.ts";
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
  const seconds = Math.floor(at / 1000)
    .toString(16)
    .padStart(8, "0");
  // Ids come from a store of random bytes, which asking for a few bytes at a time does not.
  const digits = randomUUID().replaceAll("-", "");
  return {
    requestId: randomUUID(),
    extendedRequestId: Buffer.from(digits.slice(0, 22), "hex").toString("base64"),
    traceId: `Root=1-${seconds}-${digits.slice(0, 24)}`,
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
