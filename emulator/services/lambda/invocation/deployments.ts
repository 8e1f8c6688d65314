import type { LambdaFunction } from "../model/function.ts";
import { Deployment, type Workshop } from "./deployment.ts";

/** What runs of each function now, and what an earlier state of it still has to finish. */
export class Deployments {
  readonly #workshop: Workshop;
  readonly #current = new Map<LambdaFunction, Deployment>();
  readonly #retired = new Set<Deployment>();

  constructor(workshop: Workshop) {
    this.#workshop = workshop;
  }

  of(version: LambdaFunction): Deployment {
    // Containers are what they are, whatever version is asked for.
    const isElsewhere = (this.#workshop.containers[version.name] ?? []).length > 0;
    const fn = isElsewhere ? version.family.latest : version;
    let deployment = this.#current.get(fn);
    if (!deployment) {
      deployment = new Deployment(fn, this.#workshop);
      this.#current.set(fn, deployment);
    }
    return deployment;
  }

  /** The function has changed, or is gone: what comes next does not run as before. */
  retire(fn: LambdaFunction): void {
    const deployment = this.#current.get(fn);
    if (!deployment) return;
    this.#current.delete(fn);
    deployment.retire();
    this.#retired.add(deployment);
  }

  /** Ends environments that nobody has used for a while. */
  reap(idleSince: number): void {
    for (const { pool } of this.#current.values()) pool.reap(idleSince);
    for (const deployment of this.#retired) {
      if (deployment.pool.size === 0) this.#retired.delete(deployment);
    }
  }

  /** Ends every process; resolves when they are gone. */
  async stop(reason: unknown): Promise<void> {
    const all = [...this.#current.values(), ...this.#retired];
    this.#current.clear();
    this.#retired.clear();
    await Promise.all(all.map((deployment) => deployment.stop(reason)));
  }
}
