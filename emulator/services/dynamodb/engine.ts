import type { TankContext } from "../../core/context.ts";
import type { Engine, ResourceSummary, Scope } from "../../core/service.ts";
import { Scoped } from "../../core/store.ts";
import { Database } from "./database.ts";
import type { Json } from "./performing.ts";

/** The tables of every account and region. */
export class DynamoDbEngine implements Engine {
  readonly #databases: Scoped<Database>;

  constructor({ clock }: TankContext) {
    this.#databases = new Scoped((scope) => new Database(scope, clock));
  }

  async stop(): Promise<void> {
    this.reset();
  }

  reset(): void {
    this.#databases.clear();
  }

  describe(): ResourceSummary[] {
    const names = this.#databases.all().flatMap(({ tableNames }) => tableNames);
    return names.map((name) => ({ type: "table", name, state: "ACTIVE" }));
  }

  /** Performs an operation, by AWS's name of it. @throws AwsError what DynamoDB would answer */
  perform(operation: string, input: Json, scope: Scope): Promise<Json> {
    return this.#databases.of(scope).perform(operation, input);
  }
}
