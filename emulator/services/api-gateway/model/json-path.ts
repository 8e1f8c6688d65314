/** The steps of `$`, `$.a.b`, `$.a[0]` or `$['a b']`; `undefined` for a path of any other kind. */
export function jsonPathSteps(path: string): readonly (string | number)[] | undefined {
  if (!path.startsWith("$")) return undefined;
  const steps: (string | number)[] = [];
  const step = /\.([A-Za-z_][\w-]*)|\[(\d+)\]|\['([^']*)'\]/y;
  step.lastIndex = 1;
  while (step.lastIndex < path.length) {
    const found = step.exec(path);
    if (!found) return undefined;
    const [, dotted, index, quoted] = found;
    steps.push(index === undefined ? (dotted ?? quoted ?? "") : Number(index));
  }
  return steps;
}

/** What stands at a path; `undefined` when nothing does. */
export function valueAt(value: unknown, steps: readonly (string | number)[]): unknown {
  let current = value;
  for (const step of steps) {
    if (typeof current !== "object" || current === null || !Object.hasOwn(current, step)) {
      return undefined;
    }
    current = (current as Record<string | number, unknown>)[step];
  }
  return current;
}
