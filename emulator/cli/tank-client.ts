import { messageOf, WavetankError } from "../core/errors.ts";
import type { RunningTank } from "./running.ts";

/** Talks to a running tank over its port, as any AWS client would. */
export class TankClient {
  readonly #tank: RunningTank;

  constructor(tank: RunningTank) {
    this.#tank = tank;
  }

  /** A path of the tank's own, such as /_wavetank/status. */
  async own<T>(
    method: "GET" | "POST",
    path: string,
    body?: object,
  ): Promise<{ status: number; body: T }> {
    const response = await this.#fetch(path, {
      method,
      ...(body && { body: JSON.stringify(body) }),
    });
    return { status: response.status, body: (await response.json()) as T };
  }

  /** A Kinesis operation by name. */
  async kinesis<Out>(operation: string, input: object): Promise<Out> {
    const response = await this.#fetch("/", {
      method: "POST",
      headers: {
        "content-type": "application/x-amz-json-1.1",
        "x-amz-target": `Kinesis_20131202.${operation}`,
        authorization: this.#authorization("kinesis"),
      },
      body: JSON.stringify(input),
    });
    const text = await response.text();
    if (!response.ok) throw refused(text);
    return (text === "" ? {} : JSON.parse(text)) as Out;
  }

  /** Lambda's Invoke, with the log's tail. */
  async invoke(functionName: string, payload: string): Promise<Invoked> {
    const path = `/2015-03-31/functions/${encodeURIComponent(functionName)}/invocations`;
    const response = await this.#fetch(path, {
      method: "POST",
      headers: { "x-amz-log-type": "Tail", authorization: this.#authorization("lambda") },
      body: payload,
    });
    const text = await response.text();
    if (!response.ok) throw refused(text);
    return {
      payload: text,
      functionError: response.headers.get("x-amz-function-error") ?? undefined,
      log: Buffer.from(response.headers.get("x-amz-log-result") ?? "", "base64").toString(),
    };
  }

  async #fetch(path: string, init: RequestInit): Promise<Response> {
    try {
      return await fetch(`${this.#tank.url}${path}`, init);
    } catch (cause) {
      const detail =
        cause instanceof Error && cause.cause ? messageOf(cause.cause) : messageOf(cause);
      throw new WavetankError("ERR_NOT_RUNNING", `${this.#tank.url} does not answer: ${detail}`, {
        hint: "It may have just stopped; `wavetank status` tells.",
        cause,
      });
    }
  }

  /** Unverified, like any other: it says the region. */
  #authorization(service: string): string {
    const scope = `test/20260101/${this.#tank.region}/${service}/aws4_request`;
    return `AWS4-HMAC-SHA256 Credential=${scope}, SignedHeaders=host, Signature=0`;
  }
}

export interface Invoked {
  readonly payload: string;
  readonly functionError: string | undefined;
  /** The last 4 KB of the invocation's log. */
  readonly log: string;
}

function refused(body: string): WavetankError {
  const { __type, message, Message } = parse(body);
  const text = message ?? Message ?? body;
  return new WavetankError("ERR_REQUEST", __type ? `${__type}: ${text}` : text, {
    hint: "The tank's request log shows the call.",
  });
}

function parse(body: string): { __type?: string; message?: string; Message?: string } {
  try {
    return JSON.parse(body) as ReturnType<typeof parse>;
  } catch {
    return {};
  }
}
