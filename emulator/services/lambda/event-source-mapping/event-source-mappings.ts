import type { TankContext } from "../../../core/context.ts";
import type { Scope } from "../../../core/service.ts";
import { Scoped } from "../../../core/store.ts";
import { functionMissing, mappingExists, mappingNotFound, streamMissing } from "./errors.ts";
import { Mapping, type MappingNeeds, type MappingState } from "./mapping.ts";
import type { RecordSource } from "./record-source.ts";
import type { MappingSettings } from "./settings.ts";

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
  readonly #transitions = new Set<Disposable>();

  constructor(context: TankContext, needs: EventSourceMappingsNeeds) {
    this.#context = context;
    this.#needs = needs;
  }

  async create(
    scope: Scope,
    { settings, isEnabled }: { settings: MappingSettings; isEnabled: boolean },
  ): Promise<Mapping> {
    const { eventSourceArn, functionArn } = settings;
    if (!this.#needs.invoker.exists(functionArn)) throw functionMissing();
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
    const mapping = new Mapping(settings, { context: this.#context, needs: this.#needs, source });
    this.#mappings.of(scope).set(mapping.id, mapping);
    // DIFFERS: reading begins at once, so that records put while a mapping is Creating are not missed.
    if (isEnabled) await mapping.start();
    this.#later(mapping, isEnabled ? "Enabled" : "Disabled");
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

  /** Applies new settings behind the batch under way; positions are kept. */
  async update(
    mapping: Mapping,
    { settings, isEnabled }: { settings: MappingSettings; isEnabled: boolean },
  ): Promise<void> {
    const wasRunning = mapping.isRunning;
    if (isEnabled === wasRunning) this.#move(mapping, "Updating");
    else this.#move(mapping, isEnabled ? "Enabling" : "Disabling");
    mapping.settings = settings;
    mapping.lastModifiedAt = this.#context.clock.now();
    await mapping.stop();
    if (isEnabled) await mapping.start();
    this.#later(mapping, isEnabled ? "Enabled" : "Disabled");
  }

  delete(scope: Scope, mapping: Mapping): void {
    this.#move(mapping, "Deleting");
    void mapping.stop();
    this.#schedule(() => this.#mappings.of(scope).delete(mapping.id));
  }

  /** Lets batches under way end, then rests. */
  async stop(): Promise<void> {
    for (const transition of this.#transitions) transition[Symbol.dispose]();
    this.#transitions.clear();
    await Promise.all(this.all().map((mapping) => mapping.stop()));
  }

  async reset(): Promise<void> {
    await this.stop();
    this.#mappings.clear();
  }

  #later(mapping: Mapping, state: MappingState): void {
    this.#schedule(() => {
      if (mapping.state !== "Deleting") this.#move(mapping, state);
    });
  }

  #move(mapping: Mapping, state: MappingState): void {
    mapping.state = state;
    const { clock, events } = this.#context;
    events.emit({ type: "resource", at: clock.now(), service: "lambda", name: mapping.id, state });
  }

  #schedule(act: () => void): void {
    const transition = this.#context.clock.after(TRANSITION_MS, () => {
      this.#transitions.delete(transition);
      act();
    });
    this.#transitions.add(transition);
  }
}
