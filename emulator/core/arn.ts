import type { Scope } from "./service.ts";

/** The parts of an Amazon Resource Name: `arn:partition:service:region:account:resource`. */
export interface Arn {
  readonly service: string;
  readonly region: string;
  readonly accountId: string;
  /** Everything after the fifth colon, e.g. `stream/ride_events` or `function:score:live`. */
  readonly resource: string;
}

/** Composes the ARN of a resource of the caller's account and region. */
export function arn(service: string, { region, accountId }: Scope, resource: string): string {
  return `arn:aws:${service}:${region}:${accountId}:${resource}`;
}

/** Reads an ARN; `undefined` for any other text. */
export function parseArn(text: string): Arn | undefined {
  const match = /^arn:aws[^:]*:([^:]+):([^:]*):([^:]*):(.+)$/s.exec(text);
  if (!match) return undefined;
  const [, service = "", region = "", accountId = "", resource = ""] = match;
  return { service, region, accountId, resource };
}
