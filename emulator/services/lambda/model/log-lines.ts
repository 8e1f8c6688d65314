// https://docs.aws.amazon.com/lambda/latest/dg/nodejs-logging.html and recordings.

export const startLine = (requestId: string, version: string) =>
  `START RequestId: ${requestId} Version: ${version}\n`;

export const endLine = (requestId: string) => `END RequestId: ${requestId}\n`;

export interface Report {
  readonly requestId: string;
  readonly durationMs: number;
  readonly memorySizeMb: number;
  readonly maxMemoryUsedMb: number;
  /** Of the cold start that this invocation waited for. */
  readonly initMs: number | undefined;
}

export function reportLine(report: Report): string {
  const { requestId, durationMs, memorySizeMb, maxMemoryUsedMb, initMs } = report;
  // Since August 2025 the init phase of managed runtimes is billed with the first invocation.
  const billedMs = Math.max(1, Math.ceil(durationMs + (initMs ?? 0)));
  const init = initMs === undefined ? "" : `Init Duration: ${initMs.toFixed(2)} ms\t`;
  return `REPORT RequestId: ${requestId}\tDuration: ${durationMs.toFixed(2)} ms\tBilled Duration: ${billedMs} ms\tMemory Size: ${memorySizeMb} MB\tMax Memory Used: ${maxMemoryUsedMb} MB\t${init}\n`;
}

/** "2026/01/31/[$LATEST]0123456789abcdef0123456789abcdef": one stream per execution environment. */
export function logStreamName(
  at: number,
  { id, version }: { readonly id: string; readonly version: string },
): string {
  const day = new Date(at).toISOString().slice(0, 10).replaceAll("-", "/");
  return `${day}/[${version}]${id.replaceAll("-", "")}`;
}
