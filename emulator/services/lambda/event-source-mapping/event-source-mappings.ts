import type { TankContext } from "../../../core/context.ts";
import type { Scope } from "../../../core/service.ts";
import { Scoped } from "../../../core/store.ts";
import { functionMissing, mappingExists, mappingNotFound, streamMissing } from "./errors.ts";
import { type Intent, Mapping, type MappingNeeds, type MappingState } from "./mapping.ts";
import type { RecordSource } from "./record-source.ts";

export interface EventSourceMappingsNeeds extends MappingNeeds {
  recordSource(streamArn: string): RecordSource;
}

/** How long a mapping stays in Creating, Updating, Disabling and Deleting; seconds on AWS. */
const TRANSITION_MS = 50;

/** The mappings of every account and region. */
export class EventSourceMappings {
  readonly #context: TankContext;
  readonly #needs: EventSourceMappingsNeeds;
  readonly #mappings = new Scoped(() => new Map<string, Mapping>());
  /** What is about to happen to a mapping; a newer change takes its place. */
  readonly #transitions = new Map<Mapping, Disposable>();

  constructor(context: TankContext, needs: EventSourceMappingsNeeds) {
    this.#context = context;
    this.#needs = needs;
  }

  async create(scope: Scope, intent: Intent): Promise<Mapping> {
    const { eventSourceArn, functionArn } = intent.settings;
    await this.#requireFunction(functionArn);
    for (const existing of this.list(scope)) {
      const isSame =
        existing.settings.eventSourceArn === eventSourceArn &&
        existing.settings.functionArn === functionArn;
      if (isSame) throw mappingExists({ eventSourceArn, functionArn, id: existing.id });
    }
    const source = this.#needs.recordSource(eventSourceArn);
    await source.shards().catch(() => {
      throw streamMissing(eventSourceArn);
    });
    const needs = { context: this.#context, needs: this.#needs, source };
    const mapping = new Mapping(intent.settings, needs);
    this.#mappings.of(scope).set(mapping.id, mapping);
    // DIFFERS: reading begins at once, so that records put while a mapping is Creating are not missed.
    await mapping.change(intent);
    this.#settle(mapping);
    return mapping;
  }

  get(scope: Scope, id: string): Mapping {
    const mapping = this.#mappings.of(scope).get(id);
    if (!mapping) throw mappingNotFound();
    return mapping;
  }

  /** In the order of their creation. */
  list(scope: Scope): Mapping[] {
    return [...this.#mappings.of(scope).values()];
  }

  all(): Mapping[] {
    return [...this.#mappings.all()].flatMap((mappings) => [...mappings.values()]);
  }

  /** Answers at once; the new settings show when they apply, behind the batches under way. */
  async update(mapping: Mapping, intent: Intent): Promise<void> {
    const { functionArn } = intent.settings;
    if (functionArn !== mapping.intent.settings.functionArn)
      await this.#requireFunction(functionArn);
    if (mapping.state === "Deleting") throw mappingNotFound();
    const { isEnabled: wasEnabled } = mapping.intent;
    if (intent.isEnabled === wasEnabled) this.#move(mapping, "Updating");
    else this.#move(mapping, intent.isEnabled ? "Enabling" : "Disabling");
    mapping.lastModifiedAt = this.#context.clock.now();
    void mapping.change(intent).then(() => this.#settle(mapping));
  }

  delete(scope: Scope, mapping: Mapping): void {
    this.#move(mapping, "Deleting");
    const forget = () => this.#mappings.of(scope).delete(mapping.id);
    void mapping.stop().then(() => this.#later(mapping, forget));
  }

  /** Lets batches under way end, then rests. */
  async stop(): Promise<void> {
    await Promise.all(this.all().map((mapping) => mapping.stop()));
    for (const transition of this.#transitions.values()) transition[Symbol.dispose]();
    this.#transitions.clear();
  }

  async reset(): Promise<void> {
    await this.stop();
    this.#mappings.clear();
  }

  async #requireFunction(functionArn: string): Promise<void> {
    if (!(await this.#needs.invoker.exists(functionArn))) throw functionMissing();
  }

  /** After a moment the state is what was last asked for. */
  #settle(mapping: Mapping): void {
    if (mapping.state === "Deleting") return;
    this.#later(mapping, () =>
      this.#move(mapping, mapping.intent.isEnabled ? "Enabled" : "Disabled"),
    );
  }

  #move(mapping: Mapping, state: MappingState): void {
    this.#transitions.get(mapping)?.[Symbol.dispose]();
    mapping.state = state;
    const { clock, events } = this.#context;
    events.emit({ type: "resource", at: clock.now(), service: "lambda", name: mapping.id, state });
  }

  #later(mapping: Mapping, act: () => void): void {
    this.#transitions.get(mapping)?.[Symbol.dispose]();
    const transition = this.#context.clock.after(TRANSITION_MS, () => {
      this.#transitions.delete(mapping);
      act();
    });
    this.#transitions.set(mapping, transition);
  }
}
