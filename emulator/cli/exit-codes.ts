import { WavetankError, type WavetankErrorCode } from "../core/errors.ts";

/** Part of the contract with scripts: each is held by a test. */
export const exitCodes = {
  done: 0,
  failed: 1,
  usage: 2,
  notRunning: 3,
  inUse: 4,
  internal: 70,
  timedOut: 124,
  /** 128 + the signal, when a second one forced the end. */
  interrupted: 130,
  terminated: 143,
  hungUp: 129,
} as const;

const byCode: Partial<Record<WavetankErrorCode, number>> = {
  ERR_USAGE: exitCodes.usage,
  ERR_NOT_RUNNING: exitCodes.notRunning,
  ERR_PORT_IN_USE: exitCodes.inUse,
  ERR_TIMEOUT: exitCodes.timedOut,
};

/** How the process ends for an error that reached the top. */
export function exitCodeOf(error: unknown): number {
  if (!(error instanceof WavetankError)) return exitCodes.internal;
  return byCode[error.code] ?? exitCodes.failed;
}
