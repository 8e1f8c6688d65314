import type { ResourceSummary, Service } from "./core/service.ts";
import type { WireResponse } from "./core/wire.ts";

/** How far a tank has come. It is ready once everything is deployed and the models are warm. */
export type Readiness = "starting" | "ready" | "stopping";

/** What `GET /_wavetank/status` answers. */
export interface TankStatus {
  readonly status: Readiness;
  readonly services: Readonly<Record<string, ServiceStatus>>;
}

export interface ServiceStatus {
  /** Where a service stands elsewhere: "localstack" or "aws". */
  readonly state: string;
  readonly resources: readonly ResourceSummary[];
}

export function tankStatus(services: readonly Service[], status: Readiness): TankStatus {
  const state = status === "ready" ? "running" : status;
  return {
    status,
    services: Object.fromEntries(
      services.map(({ name, engine, remote }) => [
        name,
        {
          state: remote && state === "running" ? remote.name : state,
          resources: engine.describe?.() ?? [],
        },
      ]),
    ),
  };
}

/** One line of it: `kinesis 2 streams · lambda 3 functions, 3 mappings · sagemaker 1 endpoint`. */
export function inventory(services: readonly Service[]): string {
  const parts = services.flatMap(({ name, engine, remote }) => {
    if (remote) return [];
    const counts = new Map<string, number>();
    for (const { type } of engine.describe?.() ?? []) counts.set(type, (counts.get(type) ?? 0) + 1);
    const listed = [...counts].map(([type, count]) => `${count} ${type}${count === 1 ? "" : "s"}`);
    return listed.length > 0 ? [`${name} ${listed.join(", ")}`] : [];
  });
  const remotes = services.flatMap(({ name, remote }) =>
    remote ? [`${name} in ${remote.name}`] : [],
  );
  return [...parts, ...remotes].join(" · ");
}

/** Health for compose, CI and `wavetank wait`: 503 until ready. */
export function healthAnswer(status: TankStatus): WireResponse {
  const services = Object.entries(status.services).map(([name, { state }]) => [name, state]);
  return answer(status.status === "ready" ? 200 : 503, {
    status: status.status,
    services: Object.fromEntries(services),
  });
}

export function answer(status: number, body: object): WireResponse {
  return { status, headers: { "content-type": "application/json" }, body: JSON.stringify(body) };
}
