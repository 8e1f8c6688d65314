import { WavetankError } from "../core/errors.ts";

// https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/using-cfn-stack-exports.html

/** The names of the stacks that import an export, by the export's name. */
export type ImportersOf = (exportName: string) => readonly string[];

/** What a stack exports, and what of that others use. */
interface Exporting {
  readonly exports: ReadonlyMap<string, string>;
  readonly importersOf: ImportersOf | undefined;
}

/**
 * Holds that what other stacks import stays as it is.
 * @param options.remaining what the stack exports from now on; nothing when it goes
 * @throws WavetankError ERR_DEPLOY
 */
export function checkExportsInUse(
  { exports, importersOf }: Exporting,
  { remaining }: { remaining: ReadonlyMap<string, string> },
): void {
  for (const [name, value] of exports) {
    const now = remaining.get(name);
    if (now === value) continue;
    const [first, ...others] = importersOf?.(name) ?? [];
    if (first === undefined) continue;
    const done = now === undefined ? "deleted" : "updated";
    const users = [first, ...others].join(", ");
    const text = `Export ${name} cannot be ${done} as it is in use by ${users}`;
    const hint = `Delete ${users} first, or deploy it without !ImportValue ${name}.`;
    throw new WavetankError("ERR_DEPLOY", text, { hint });
  }
}
