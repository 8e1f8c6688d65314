/** Values of a metric or expression, by each period's start in epoch ms. */
export type Points = ReadonlyMap<number, number>;
/** A number, one series of points, or several. */
type Value = number | Points | readonly Points[];

/** What an expression may refer to. */
export interface Operands {
  readonly series: ReadonlyMap<string, Points>;
  /** Every period of the window, for FILL. */
  readonly periods: readonly number[];
  readonly periodSeconds: number;
}

export class ExpressionFault extends Error {}

const TOKEN = /\s*(?:(\d+(?:\.\d*)?(?:[eE][-+]?\d+)?|\.\d+)|([A-Za-z_]\w*)|([-+*/^(),[\]]))/y;

/**
 * Computes a metric math expression.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/using-metric-math.html
 */
export function compute(expression: string, operands: Operands): Points {
  const value = new Reader(tokensOf(expression), operands).whole();
  if (typeof value === "number") throw new ExpressionFault("it is a number, and no time series");
  if (isList(value)) throw new ExpressionFault("it is several time series, and not one");
  return value;
}

function tokensOf(expression: string): string[] {
  const tokens: string[] = [];
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < expression.trimEnd().length) {
    const at = TOKEN.lastIndex;
    const found = TOKEN.exec(expression);
    if (!found) throw new ExpressionFault(`not emulated by Wavetank: ${expression.slice(at)}`);
    tokens.push(found[0].trim());
  }
  return tokens;
}

/** Precedence climbs from sums over products to powers, as in AWS's table of operators. */
class Reader {
  readonly #tokens: readonly string[];
  readonly #operands: Operands;
  #at = 0;
  #depth = 0;

  constructor(tokens: readonly string[], operands: Operands) {
    this.#tokens = tokens;
    this.#operands = operands;
  }

  whole(): Value {
    const value = this.#sum();
    if (this.#at < this.#tokens.length) throw new ExpressionFault(`unexpected ${this.#next()}`);
    return value;
  }

  #sum(): Value {
    // Bounds the stack that brackets take.
    this.#depth += 1;
    if (this.#depth > 50) throw new ExpressionFault("too deep");
    let left = this.#product();
    for (;;) {
      if (this.#take("+")) left = combine(left, this.#product(), (a, b) => a + b);
      else if (this.#take("-")) left = combine(left, this.#product(), (a, b) => a - b);
      else break;
    }
    this.#depth -= 1;
    return left;
  }

  #product(): Value {
    let left = this.#signed();
    for (;;) {
      if (this.#take("*")) left = combine(left, this.#signed(), (a, b) => a * b);
      else if (this.#take("/")) left = combine(left, this.#signed(), (a, b) => a / b);
      else return left;
    }
  }

  #signed(): Value {
    let isNegative = false;
    while (this.#take("-")) isNegative = !isNegative;
    const value = this.#power();
    return isNegative ? combine(0, value, (a, b) => a - b) : value;
  }

  #power(): Value {
    let left = this.#single();
    while (this.#take("^")) left = combine(left, this.#single(), (a, b) => a ** b);
    return left;
  }

  #single(): Value {
    const token = this.#next();
    if (/^[\d.]/.test(token)) return Number(token);
    if (token === "(") {
      const value = this.#sum();
      this.#expect(")");
      return value;
    }
    if (token === "[") return this.#list();
    if (!/^[A-Za-z_]/.test(token)) throw new ExpressionFault(`unexpected ${token}`);
    if (this.#take("(")) return this.#call(token);
    const series = this.#operands.series.get(token);
    if (!series) throw new ExpressionFault(`there is no query ${token}`);
    return series;
  }

  #list(): readonly Points[] {
    return this.#arguments("]").map(pointsOf);
  }

  #call(name: string): Value {
    if (name === "FILL") return this.#fill();
    const given = this.#arguments(")");
    const [first = 0] = given;
    if (name === "METRICS" && given.length === 0) return [...this.#operands.series.values()];
    if (name === "PERIOD" && given.length === 1) return this.#operands.periodSeconds;
    const aggregate = AGGREGATES[name];
    const single = SINGLES[name];
    if (given.length !== 1 || (!aggregate && !single)) {
      throw new ExpressionFault(`${name} of ${given.length} is not emulated by Wavetank`);
    }
    if (single) return combine(first, 0, (value) => single(value));
    if (!aggregate || typeof first === "number") return first;
    return isList(first) ? across(first, aggregate) : aggregate([...first.values()]);
  }

  /** `FILL(m1, 0)`, `FILL(m1, REPEAT)` */
  #fill(): Points {
    const points = pointsOf(this.#sum());
    this.#expect(",");
    const repeats = this.#take("REPEAT");
    const filler = repeats ? undefined : this.#sum();
    this.#expect(")");
    if (filler !== undefined && typeof filler !== "number") {
      throw new ExpressionFault("FILL is emulated with a number or REPEAT only");
    }
    let last = filler;
    const filled = new Map<number, number>();
    for (const at of this.#operands.periods) {
      const value = points.get(at) ?? last;
      if (repeats) last = value;
      if (value !== undefined) filled.set(at, value);
    }
    return filled;
  }

  #arguments(end: string): Value[] {
    const given: Value[] = [];
    if (this.#take(end)) return given;
    do given.push(this.#sum());
    while (this.#take(","));
    this.#expect(end);
    return given;
  }

  #take(token: string): boolean {
    if (this.#tokens[this.#at] !== token) return false;
    this.#at += 1;
    return true;
  }

  #expect(token: string): void {
    if (!this.#take(token)) throw new ExpressionFault(`${token} expected`);
  }

  #next(): string {
    const token = this.#tokens[this.#at];
    if (token === undefined) throw new ExpressionFault("it ends too early");
    this.#at += 1;
    return token;
  }
}

const AGGREGATES: Readonly<Record<string, (values: readonly number[]) => number>> = {
  SUM: (values) => values.reduce((sum, value) => sum + value, 0),
  AVG: (values) => values.reduce((sum, value) => sum + value, 0) / values.length,
  MIN: (values) => values.reduce((a, b) => Math.min(a, b), Number.POSITIVE_INFINITY),
  MAX: (values) => values.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY),
};

const SINGLES: Readonly<Record<string, (value: number) => number>> = {
  ABS: Math.abs,
  CEIL: Math.ceil,
  FLOOR: Math.floor,
};

/** Two series meet where both have a point; a division by zero has none. */
function combine(left: Value, right: Value, of: (a: number, b: number) => number): Value {
  if (typeof left === "number" && typeof right === "number") return of(left, right);
  if (isList(left)) return left.map((one) => pointsOf(combine(one, right, of)));
  if (isList(right)) return right.map((one) => pointsOf(combine(left, one, of)));
  const times = typeof left === "number" ? pointsOf(right).keys() : left.keys();
  const points = new Map<number, number>();
  for (const at of times) {
    const a = typeof left === "number" ? left : left.get(at);
    const b = typeof right === "number" ? right : right.get(at);
    if (a === undefined || b === undefined) continue;
    const value = of(a, b);
    if (Number.isFinite(value)) points.set(at, value);
  }
  return points;
}

/** A point wherever any of the series has one. */
function across(
  series: readonly Points[],
  aggregate: (values: readonly number[]) => number,
): Points {
  const values = new Map<number, number[]>();
  for (const points of series) {
    for (const [at, value] of points) values.set(at, [...(values.get(at) ?? []), value]);
  }
  return new Map([...values].map(([at, found]) => [at, aggregate(found)]));
}

function pointsOf(value: Value): Points {
  if (typeof value === "number" || isList(value)) {
    throw new ExpressionFault("one time series expected");
  }
  return value;
}

function isList(value: Value): value is readonly Points[] {
  return Array.isArray(value);
}
