import { instanceMemoryMb } from "../model/instance-memory.ts";

/** What one instance of a variant can do, where a user says so; without it a variant has no bounds. */
export interface Capacity {
  readonly serviceMs: number;
  /** Requests that one instance works on at a time. */
  readonly concurrency: number;
  /** Requests that wait at one instance; one more is refused. */
  readonly queueLength: number;
}

const SERVICE_MS = "WAVETANK_SERVICE_MS";
const REQUESTS_PER_SECOND = "WAVETANK_REQUESTS_PER_SECOND";
const CONCURRENCY = "WAVETANK_CONCURRENCY";
const QUEUE_LENGTH = "WAVETANK_QUEUE_LENGTH";
const LAUNCH_SECONDS = "WAVETANK_LAUNCH_SECONDS";

/** What the models of a multi-model container may take together. */
export const MODEL_MEMORY_MB = "MODEL_SERVER_MEMORY_MB";

const DEFAULT_CONCURRENCY = 1;
/** UNCONFIRMED: AWS does not say how long its queue is. */
const DEFAULT_QUEUE_LENGTH = 100;

type Environment = Readonly<Record<string, string>>;

/**
 * Reads a model's capacity from its `Environment`: a number, or one per instance type as in
 * `ml.m5.large=20,ml.m5.xlarge=40,*=10`. `undefined` where nothing bounds the variant.
 */
export function capacityOf(environment: Environment, instanceType: string): Capacity | undefined {
  const read = (name: string) => numberFor(environment[name], instanceType);
  const concurrency = read(CONCURRENCY) ?? DEFAULT_CONCURRENCY;
  const rate = read(REQUESTS_PER_SECOND);
  const serviceMs =
    read(SERVICE_MS) ?? (rate === undefined ? undefined : (concurrency * 1000) / rate);
  if (serviceMs === undefined) return undefined;
  return { serviceMs, concurrency, queueLength: read(QUEUE_LENGTH) ?? DEFAULT_QUEUE_LENGTH };
}

/** How long an instance takes to come up: none unless said. */
export function launchMsOf(environment: Environment, instanceType: string): number {
  return (numberFor(environment[LAUNCH_SECONDS], instanceType) ?? 0) * 1000;
}

/** What the models of a multi-model container may take: the memory of its instance unless said. */
export function modelMemoryMbOf(
  environment: Environment,
  instanceType: string,
): number | undefined {
  return numberFor(environment[MODEL_MEMORY_MB], instanceType) ?? instanceMemoryMb(instanceType);
}

/** The variable that says nothing that could be honoured, and what it should say. */
export function capacityFault(environment: Environment): string | undefined {
  for (const name of [
    ...[SERVICE_MS, REQUESTS_PER_SECOND, CONCURRENCY],
    ...[QUEUE_LENGTH, LAUNCH_SECONDS, MODEL_MEMORY_MB],
  ]) {
    const text = environment[name];
    if (text === undefined) continue;
    const mayBeZero = name === QUEUE_LENGTH || name === LAUNCH_SECONDS;
    const isWhole = name === QUEUE_LENGTH || name === CONCURRENCY;
    const isWrong = entriesOf(text).some(([type, value]) => {
      if (type === "" || !Number.isFinite(value)) return true;
      return value < 0 || (value === 0 && !mayBeZero) || (isWhole && !Number.isInteger(value));
    });
    if (!isWrong) continue;
    const kind = `a ${isWhole ? "whole " : ""}number${mayBeZero ? "" : " above 0"}`;
    return `${name}=${text}: write ${kind}, or one per instance type, ml.m5.large=20,*=10.`;
  }
  return undefined;
}

function numberFor(text: string | undefined, instanceType: string): number | undefined {
  if (text === undefined) return undefined;
  const entries = new Map(entriesOf(text));
  return entries.get(instanceType) ?? entries.get("*");
}

function entriesOf(text: string): (readonly [instanceType: string, value: number])[] {
  return text.split(",").map((entry) => {
    const [type = "", value] = entry.split("=").map((part) => part.trim());
    return value === undefined ? ["*", numberOf(type)] : [type, numberOf(value)];
  });
}

/** `Number("")` is 0. */
function numberOf(text: string): number {
  return text === "" ? Number.NaN : Number(text);
}
