import { NormalizedSchema } from "@smithy/core/schema";
import { AwsError } from "../core/errors.ts";
import type { Constraint } from "../core/limits.ts";
import type { Operation } from "../core/service.ts";

/** AWS names no more faults than this in one answer. */
const MAX_FAULTS = 10;

type Limits = Readonly<Record<string, Constraint | undefined>>;

/**
 * Holds an input against what the schema requires and the operation declares, and throws all faults in
 * one sentence of AWS's: "2 validation errors detected: Value null at 'streamName' failed to satisfy
 * constraint: Member must not be null; Value …".
 */
export function validate(
  { schema, limits }: Pick<Operation<never, unknown, unknown>, "schema" | "limits">,
  input: Readonly<Record<string, unknown>>,
  code = "ValidationException",
): void {
  const faults: string[] = [];
  checkMembers({
    ns: NormalizedSchema.of(schema[4]),
    limits: limits ?? {},
    input,
    path: "",
    faults,
  });
  if (faults.length === 0) return;
  const shown = faults.slice(0, MAX_FAULTS);
  const noun = faults.length === 1 ? "error" : "errors";
  throw new AwsError(code, `${shown.length} validation ${noun} detected: ${shown.join("; ")}`);
}

interface Place {
  readonly ns: NormalizedSchema;
  readonly limits: Limits;
  readonly input: Readonly<Record<string, unknown>>;
  /** Where the structure stands, with its trailing dot: "records.1.member." */
  readonly path: string;
  readonly faults: string[];
}

function checkMembers({ ns, limits, input, path, faults }: Place): void {
  if (!ns.isStructSchema()) return;
  const requiredCount = requiredMembers(ns);
  let index = 0;
  for (const { name, ns: member, spelled } of membersOf(ns)) {
    const value = input[name];
    const constraint = limits[name];
    const place = path + spelled;
    if (value === undefined) {
      if (index < requiredCount || constraint?.required) {
        faults.push(fault("null", place, "Member must not be null"));
      }
    } else {
      check({ ns: member, constraint, value, place, faults });
    }
    index += 1;
  }
}

interface Member {
  readonly name: string;
  readonly ns: NormalizedSchema;
  /** As faults name it. */
  readonly spelled: string;
}

const memberCache = new WeakMap<object, readonly Member[]>();

/** A structure's members; composing them anew costs more than checking them. */
function membersOf(ns: NormalizedSchema): readonly Member[] {
  const known = memberCache.get(ns);
  if (known) return known;
  const members = [...ns.structIterator()].map(([name, member]) => ({
    name,
    ns: member,
    spelled: lowerFirst(name),
  }));
  memberCache.set(ns, members);
  return members;
}

interface Subject {
  readonly ns: NormalizedSchema;
  readonly constraint: Constraint | undefined;
  readonly value: unknown;
  readonly place: string;
  readonly faults: string[];
}

function check({ ns, constraint, value, place, faults }: Subject): void {
  if (constraint) {
    for (const broken of constraint.faults(value)) {
      const shown = constraint.print ? constraint.print(value) : String(value);
      faults.push(fault(`'${shown}'`, place, broken));
    }
  }
  if (ns.isListSchema()) {
    if (!constraint?.each && !ns.getValueSchema().isStructSchema()) return;
    const item = ns.getValueSchema();
    (value as unknown[]).forEach((member, index) => {
      const at = `${place}.${index + 1}.member`;
      if (member === undefined) faults.push(fault("null", at, "Member must not be null"));
      else check({ ns: item, constraint: constraint?.each, value: member, place: at, faults });
    });
  } else if (ns.isStructSchema()) {
    const input = value as Record<string, unknown>;
    checkMembers({ ns, limits: constraint?.members ?? {}, input, path: `${place}.`, faults });
  }
}

/** The published schema lists required members first and then says how many they are. */
function requiredMembers(ns: NormalizedSchema): number {
  const schema = ns.getSchema();
  const count = Array.isArray(schema) ? schema[6] : undefined;
  return typeof count === "number" ? count : 0;
}

function fault(value: string, place: string, broken: string): string {
  return `Value ${value} at '${place}' failed to satisfy constraint: ${broken}`;
}

function lowerFirst(name: string): string {
  return name.charAt(0).toLowerCase() + name.slice(1);
}
