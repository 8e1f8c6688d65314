import { PatternExpression, PatternFault, type Test } from "./pattern-expression.ts";

/** `$.user.name`, `$.tags[0]`, `$.['a.b']` */
const SELECTOR = /^\$(?:\.[\w-]+|\.?\['[^']*'\]|\[\d+\])+$/;
const STEP = /\.?\['([^']*)'\]|\.([\w-]+)|\[(\d+)\]/g;
const STATES: Readonly<Record<string, unknown>> = { TRUE: true, FALSE: false, NULL: null };

/**
 * A pattern on messages that are JSON objects: `{ $.level = "ERROR" && $.ms > 3 }`.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/FilterAndPatternSyntaxForMetricFilters.html
 * @throws PatternFault for a pattern that cannot be read
 */
export function jsonPattern(pattern: string): (message: string) => boolean {
  const inside = /^\{(.*)\}$/s.exec(pattern)?.[1];
  if (inside === undefined) throw new PatternFault(pattern);
  const expression = new PatternExpression(inside);
  const test = expression.read<unknown>(() => conditionOf(expression));
  return (message) => {
    const event = objectOf(message);
    return event !== undefined && test(event);
  };
}

function conditionOf(expression: PatternExpression): Test<unknown> {
  const selector = expression.next();
  if (!SELECTOR.test(selector)) throw new PatternFault(selector);
  const steps = [...selector.matchAll(STEP)].map(([, quoted, name, index]) => {
    return quoted ?? name ?? Number(index);
  });
  const found = (event: unknown) => steps.reduce(memberOf, event);
  if (expression.take("NOT")) {
    if (!expression.take("EXISTS")) throw new PatternFault(expression.next());
    return (event) => found(event) === undefined;
  }
  if (expression.take("IS")) {
    const state = expression.next();
    if (!Object.hasOwn(STATES, state)) throw new PatternFault(state);
    return (event) => found(event) === STATES[state];
  }
  const compare = expression.comparison();
  return (event) => compare(found(event));
}

function memberOf(value: unknown, step: string | number): unknown {
  if (typeof value !== "object" || value === null || !Object.hasOwn(value, step)) return undefined;
  return (value as Record<string | number, unknown>)[step];
}

function objectOf(message: string): object | undefined {
  // Most lines are no JSON: a look at the first character spares them an exception.
  if (!/^\s*\{/.test(message)) return undefined;
  try {
    return JSON.parse(message) as object;
  } catch {
    return undefined;
  }
}
