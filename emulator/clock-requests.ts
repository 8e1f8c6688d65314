import type { Clock } from "./core/clock.ts";
import { AwsError } from "./core/errors.ts";
import { canAdvance } from "./core/movable-clock.ts";
import type { WireRequest, WireResponse } from "./core/wire.ts";
import { answer } from "./status.ts";

/** A request is answered within the time that a client waits: longer leaps take several. */
const MAX_ADVANCE_MS = 7 * 24 * 3_600_000;

/** What time it is in the tank. */
export function tellTime(clock: Clock): WireResponse {
  return answer(200, { now: new Date(clock.now()).toISOString(), movable: canAdvance(clock) });
}

/** `POST /_wavetank/clock {"advanceMs": 60000}`: answers once what fell due by then has run. */
export async function moveTime(clock: Clock, { body }: WireRequest): Promise<WireResponse> {
  if (!canAdvance(clock)) {
    throw new AwsError("Conflict", "This tank keeps real time: start it with --virtual-time.", {
      status: 409,
    });
  }
  const ms = advanceMs(body);
  if (ms === undefined) {
    throw new AwsError("BadRequest", `Send {"advanceMs": <1 to ${MAX_ADVANCE_MS}>}.`, {
      status: 400,
    });
  }
  await clock.advance(ms);
  return tellTime(clock);
}

function advanceMs(body: Uint8Array): number | undefined {
  try {
    const { advanceMs: ms } = JSON.parse(Buffer.from(body).toString("utf8")) as {
      advanceMs?: unknown;
    };
    const isSound = typeof ms === "number" && ms > 0 && ms <= MAX_ADVANCE_MS;
    return isSound ? ms : undefined;
  } catch {
    return undefined;
  }
}
