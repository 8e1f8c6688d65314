import { setImmediate } from "node:timers/promises";
import type { Clock } from "../../core/clock.ts";
import { AwsError } from "../../core/errors.ts";
import type { Scope } from "../../core/service.ts";
import { type Action, actionOf, newStore, type Refusal, type Store } from "./dynalite.ts";
import type { Json } from "./performing.ts";
import { refuseUnemulated } from "./unemulated.ts";

/** The tables of one account and region. */
export class Database {
  readonly #clock: Clock;
  readonly #store: Store;
  /** When each table was created, in seconds: dynalite knows the machine's time alone. */
  readonly #createdAt = new Map<string, number>();

  constructor(scope: Scope, clock: Clock) {
    this.#clock = clock;
    this.#store = newStore(scope);
  }

  get tableNames(): string[] {
    return [...this.#createdAt.keys()];
  }

  /** Performs an operation. @throws AwsError what DynamoDB would answer */
  async perform(operation: string, input: Json): Promise<Json> {
    const action = actionOf(operation);
    refuseUnemulated(input, action.members);
    const output = await this.#run(action, input);
    const { TableDescription, Table = TableDescription } = output;
    if (!isTable(Table)) return output;
    // dynalite goes on changing what it has answered with.
    const answer = structuredClone(output);
    if (operation === "CreateTable") this.#createdAt.set(Table.TableName, this.#clock.now() / 1000);
    const { Table: answered = answer.TableDescription } = answer;
    const CreationDateTime = this.#createdAt.get(Table.TableName);
    if (CreationDateTime !== undefined) Object.assign(answered as Json, { CreationDateTime });
    if (TableDescription) await this.#settle(operation, { input, table: Table });
    return answer;
  }

  async #settle(operation: string, { input, table }: { input: Json; table: Table }): Promise<void> {
    const { TableName, TableArn } = table;
    while ((await this.#statusOf(TableName)).endsWith("ING")) await setImmediate();
    if (operation === "DeleteTable") this.#createdAt.delete(TableName);
    const { Tags } = input;
    if (operation === "CreateTable" && Tags)
      await this.#run(actionOf("TagResource"), { ResourceArn: TableArn, Tags });
  }

  #statusOf(name: string): Promise<string> {
    return new Promise((resolve) => {
      this.#store.getTable(name, false, (_error, table) => resolve(table?.TableStatus ?? ""));
    });
  }

  async #run(action: Action, input: Json): Promise<Json> {
    try {
      const checked = action.check(input, this.#store);
      return await new Promise<Json>((resolve, reject) => {
        action.run(this.#store, checked, (error, output) =>
          error ? reject(error) : resolve(output ?? {}),
        );
      });
    } catch (error) {
      throw asAwsError(error as Refusal);
    }
  }
}

interface Table {
  readonly TableName: string;
  readonly TableArn: string;
}

function isTable(value: unknown): value is Table {
  return typeof value === "object" && value !== null && "TableName" in value;
}

function asAwsError(refusal: Refusal): Error {
  const { statusCode, body } = refusal;
  if (statusCode === undefined || !body) return refusal;
  const { __type, message, Message, ...members } = body;
  const code = __type.slice(__type.indexOf("#") + 1);
  return new AwsError(code, message ?? Message ?? "", { status: statusCode, members });
}
