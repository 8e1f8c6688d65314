import { WavetankError } from "../core/errors.ts";

/** Who answers for a service: the tank itself, an AWS-compatible endpoint such as LocalStack, or AWS. */
export type Backend = "embedded" | "localstack" | "aws";

/** The services that may stand elsewhere. */
export const BACKED_SERVICES = ["kinesis", "s3", "lambda", "sagemaker", "sqs", "dynamodb"] as const;
export type BackedService = (typeof BACKED_SERVICES)[number];

/** What stands where, besides the tank. */
export interface BackendSettings {
  /** Embedded where nothing is said. */
  readonly backends?: Readonly<Partial<Record<BackedService, Backend>>>;
  /** Where LocalStack, or another AWS-compatible endpoint, answers. */
  readonly localstackUrl?: string | undefined;
  /** Functions that run behind Runtime Interface Emulators: their base URLs, by function name. */
  readonly functions?: Readonly<Record<string, readonly string[]>>;
  /** Model servers that serve an endpoint in place of the tank's own: base URLs, by endpoint name. */
  readonly modelServers?: Readonly<Record<string, string>>;
}

const DEFAULT_LOCALSTACK_URL = "http://127.0.0.1:4566";

const BACKENDS: readonly Backend[] = ["embedded", "localstack", "aws"];

/** `kinesis=localstack` as a service and its backend. */
export function parseBackend(text: string): [BackedService, Backend] {
  const [service = "", backend = ""] = text.split("=");
  return [oneOf(BACKED_SERVICES, service, text), oneOf(BACKENDS, backend, text)];
}

/** `ride-duration=http://127.0.0.1:9000` as a name and a base URL without its last slash. */
export function parseNamedUrl(text: string): [name: string, url: string] {
  const equals = text.indexOf("=");
  const name = text.slice(0, Math.max(0, equals)).trim();
  if (!name) throw usage(text, "Write it as name=http://host:port.");
  return [name, parseUrl(text.slice(equals + 1))];
}

export function parseUrl(text: string): string {
  const url = text.trim().replace(/\/+$/, "");
  if (!/^https?:$/.test(protocolOf(url))) throw usage(text, "Write it as http://host:port.");
  return url;
}

/** Reads the variables that `.env.example` explains. */
export function backendSettingsOf(
  env: Readonly<Record<string, string | undefined>>,
): BackendSettings {
  const backends: Partial<Record<BackedService, Backend>> = {};
  for (const service of BACKED_SERVICES) {
    const name = `WAVETANK_${service.toUpperCase()}`;
    const value = env[name];
    if (value) backends[service] = oneOf(BACKENDS, value, `${name}=${value}`);
  }
  const functions: Record<string, string[]> = {};
  for (const [name, url] of listOf(env.WAVETANK_FUNCTIONS)) {
    functions[name] = [...(functions[name] ?? []), url];
  }
  return {
    backends,
    functions,
    modelServers: Object.fromEntries(listOf(env.WAVETANK_MODEL_SERVERS)),
    localstackUrl: env.WAVETANK_LOCALSTACK_URL && parseUrl(env.WAVETANK_LOCALSTACK_URL),
  };
}

/** Where LocalStack is to answer; `undefined` when nothing is asked of it. */
export function localstackUrlOf({ backends, localstackUrl }: BackendSettings): string | undefined {
  const isUsed = Object.values(backends ?? {}).includes("localstack");
  return localstackUrl ?? (isUsed ? DEFAULT_LOCALSTACK_URL : undefined);
}

/** `a=http://one,b=http://two` */
function listOf(text = ""): [name: string, url: string][] {
  return text
    .split(",")
    .filter((part) => part.trim() !== "")
    .map(parseNamedUrl);
}

function protocolOf(url: string): string {
  try {
    return new URL(url).protocol;
  } catch {
    return "";
  }
}

function oneOf<T extends string>(known: readonly T[], value: string, text: string): T {
  const found = known.find((each) => each === value);
  if (found) return found;
  throw usage(text, `Use one of ${known.join(", ")}${value ? `, not "${value}"` : ""}.`);
}

function usage(text: string, hint: string): WavetankError {
  return new WavetankError("ERR_USAGE", `"${text}" names no backend.`, { hint });
}
