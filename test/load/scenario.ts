/** What a load run does to a pipeline, and what it has to reach. */
export interface LoadScenario {
  readonly pipeline: string;
  /** Whose instances are watched, and drawn beside the latency. */
  readonly endpoint?: { readonly name: string; readonly variant: string };
  readonly steady?: Steady;
  readonly bursts?: readonly BurstPlan[];
}

/** One request, made over and over: for half as long at half the rate, then in full. */
export interface Steady {
  readonly request: HttpCall;
  /** Requests per second. */
  readonly rate: number;
  readonly durationSeconds: number;
  readonly thresholds: Thresholds;
}

/** So many requests at once. */
export interface BurstPlan {
  readonly request: HttpCall;
  readonly requests: number;
  /** Answers per second that it has to reach. */
  readonly rate: number;
}

export interface HttpCall {
  readonly method: "GET" | "POST";
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

export interface Thresholds {
  /** Of all requests, answered with 2xx: from 0 to 1. */
  readonly success: number;
  /** Milliseconds. */
  readonly p99: number;
  /** Answers per second. */
  readonly rate: number;
}
