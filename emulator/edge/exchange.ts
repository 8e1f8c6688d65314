import type { Call, Service } from "../core/service.ts";
import type { WireRequest, WireResponse } from "../core/wire.ts";
import type { Target } from "./protocols/protocol.ts";
import type { CredentialScope } from "./sigv4.ts";

/** One request on its way through the pipeline; each step fills in what it finds out. */
export interface Exchange {
  request: WireRequest;
  readonly requestId: string;
  readonly startedAt: number;
  /** It comes from a page of another origin. */
  isForeign?: boolean;
  signed?: CredentialScope;
  /** Who answers without an operation. */
  server?: Service | undefined;
  target?: Target;
  call?: Call;
  input?: Record<string, unknown>;
  /** The operation's hot path has read the input, which checks it too. */
  isChecked?: boolean;
  output?: unknown;
  response?: WireResponse;
}
