/**
 * Constraints on request members, declared as data beside each operation and worded as AWS words them:
 * "Value 'x' at 'streamName' failed to satisfy constraint: Member must …".
 */
export interface Constraint {
  readonly required?: boolean;
  /** What `value` breaks, each as the tail of AWS's sentence; empty when it holds. */
  faults(value: unknown): readonly string[];
  /** How the offending value is printed; as text when absent. */
  print?(value: unknown): string;
  /** For lists: what holds for each member. */
  readonly each?: Constraint;
  /** For structures: what holds for the members. */
  readonly members?: Readonly<Record<string, Constraint | undefined>>;
}

/** The constraints of an operation's input, by member name. */
export type Limits<In> = { readonly [K in keyof In]?: Constraint };

/** Marks a member as required where the published schema does not. */
export function required(constraint: Constraint): Constraint {
  return { ...constraint, required: true };
}

/** A string of `min` to `max` characters that matches `pattern` as a whole. */
export function text(options: { min?: number; max?: number; pattern?: string }): Constraint {
  const { min = 0, max = Number.POSITIVE_INFINITY, pattern } = options;
  const whole = pattern === undefined ? undefined : new RegExp(`^(?:${pattern})$`, "u");
  return {
    faults(value) {
      if (typeof value !== "string") return NONE;
      const length = value.length;
      if (length >= min && length <= max && (!whole || whole.test(value))) return NONE;
      // AWS names a broken pattern before a broken length.
      const found = [];
      if (whole && !whole.test(value)) {
        found.push(`Member must satisfy regular expression pattern: ${pattern}`);
      }
      return [...found, ...lengthFaults(length, min, max)];
    },
  };
}

/** One of the values that AWS's enumeration lists, in AWS's order. */
export function oneOf(values: readonly string[]): Constraint {
  return {
    faults: (value) =>
      values.includes(String(value))
        ? NONE
        : [`Member must satisfy enum value set: [${values.join(", ")}]`],
  };
}

/** A number from `min` to `max`. */
export function range(min: number, max: number): Constraint {
  return {
    faults(value) {
      const number = Number(value);
      if (number < min) return [`Member must have value greater than or equal to ${min}`];
      if (number > max) return [`Member must have value less than or equal to ${max}`];
      return NONE;
    },
  };
}

/** A blob of at most `max` bytes. */
export function bytes({ min = 0, max }: { min?: number; max: number }): Constraint {
  return {
    faults: (value) => {
      const length = (value as { byteLength: number }).byteLength;
      return length >= min && length <= max ? NONE : lengthFaults(length, min, max);
    },
    print: (value) => {
      const size = (value as { byteLength: number }).byteLength;
      return `java.nio.HeapByteBuffer[pos=0 lim=${size} cap=${size}]`;
    },
  };
}

/** A list of `min` to `max` members. */
export function list(options: { min?: number; max: number; each?: Constraint }): Constraint {
  const { min = 0, max, each } = options;
  return {
    faults: (value) => {
      const { length } = value as readonly unknown[];
      return length >= min && length <= max ? NONE : lengthFaults(length, min, max);
    },
    print: (value) => short(`[${(value as readonly unknown[]).map(item).join(", ")}]`),
    ...(each && { each }),
  };
}

/** A map of at most `max` entries. */
export function map({ max }: { max: number }): Constraint {
  return {
    faults: (value) => {
      const { length } = Object.keys(value as object);
      return length <= max ? NONE : lengthFaults(length, 0, max);
    },
    print: (value) => {
      const entries = Object.entries(value as object);
      return short(`{${entries.map(([key, text]) => `${key}=${item(text)}`).join(", ")}}`);
    },
  };
}

/** A structure whose members have constraints of their own. */
export function structure(members: Readonly<Record<string, Constraint>>): Constraint {
  return { faults: () => NONE, members };
}

const NONE: readonly string[] = [];

/** A member of a collection as AWS's messages show it; of structures Java shows next to nothing. */
function item(value: unknown): string {
  return typeof value === "object" && value !== null ? "{…}" : String(value);
}

/** Long collections would drown the fault that the message is about. */
function short(printed: string): string {
  return printed.length <= 1_000 ? printed : `${printed.slice(0, 1_000)}…`;
}

function lengthFaults(length: number, min: number, max: number): string[] {
  const faults = [];
  if (length < min) faults.push(`Member must have length greater than or equal to ${min}`);
  if (length > max) faults.push(`Member must have length less than or equal to ${max}`);
  return faults;
}
