import type { TankContext } from "../../core/context.ts";
import type { LogEntry, LogSink } from "../../core/logs.ts";
import type { Engine, ResourceSummary, Scope } from "../../core/service.ts";
import { Scoped } from "../../core/store.ts";
import {
  groupExists,
  groupNamedTwice,
  groupNotFound,
  groupNotNamed,
  streamNotFound,
} from "./errors.ts";
import { LogGroup } from "./model/log-group.ts";
import type { LogStream } from "./model/log-stream.ts";

/** How requests name a group. */
export interface GroupReference {
  readonly logGroupName?: string | undefined;
  /** A name or an ARN. */
  readonly logGroupIdentifier?: string | undefined;
}

/** The log groups of every account and region. */
export class CloudWatchLogsEngine implements Engine, LogSink {
  readonly #context: TankContext;
  readonly #groups = new Scoped(() => new Map<string, LogGroup>());

  constructor(context: TankContext) {
    this.#context = context;
  }

  reset(): void {
    this.#groups.clear();
  }

  describe(): ResourceSummary[] {
    const groups = this.#groups.all().flatMap((all) => [...all.values()]);
    return groups.map(({ name }) => ({ type: "log group", name, state: "" }));
  }

  /** Takes an event of the tank's own; group and stream appear with it. */
  append({ group: name, stream, at, message, scope }: LogEntry): void {
    const now = this.#context.clock.now();
    const group = this.#groups.of(scope).get(name) ?? this.create(scope, name);
    group.append(group.stream(stream, now), { at, message, now });
  }

  create(scope: Scope, name: string): LogGroup {
    const groups = this.#groups.of(scope);
    if (groups.has(name)) throw groupExists();
    const group = new LogGroup(name, { scope, createdAt: this.#context.clock.now() });
    groups.set(name, group);
    return group;
  }

  delete(scope: Scope, name: string): void {
    if (!this.#groups.of(scope).delete(name)) throw groupNotFound();
  }

  /** The group that a request names, without what its retention no longer keeps. */
  group({ logGroupName, logGroupIdentifier }: GroupReference, scope: Scope): LogGroup {
    if (logGroupName !== undefined && logGroupIdentifier !== undefined) throw groupNamedTwice();
    const name = logGroupName ?? logGroupIdentifier?.replace(/^arn:.*:log-group:|:\*$/g, "");
    if (name === undefined) throw groupNotNamed();
    const group = this.#groups.of(scope).get(name);
    if (!group) throw groupNotFound();
    group.trim(this.#context.clock.now());
    return group;
  }

  stream(group: LogGroup, name: string): LogStream {
    const stream = group.streams.get(name);
    if (!stream) throw streamNotFound();
    return stream;
  }

  /** The caller's groups, by name. */
  list(scope: Scope): LogGroup[] {
    return [...this.#groups.of(scope).values()].sort((a, b) => (a.name < b.name ? -1 : 1));
  }
}
