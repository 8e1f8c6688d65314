/** What a pattern asks of a value: a JSON value or a column's text; `undefined` is one that is not there. */
export type Test<Subject> = (subject: Subject) => boolean;

/** A pattern that cannot be read. */
export class PatternFault extends Error {}

/** Brackets, operators, quoted texts, and words, which selectors are too. */
const TOKEN = /\s*(&&|\|\||!=|<=|>=|[()=<>]|"(?:[^"\\]|\\.)*"|(?:\['[^']*'\]|[^\s()=<>!&|"])+)/y;
const ORDERS: Readonly<Record<string, (value: number, bound: number) => boolean>> = {
  "<": (value, bound) => value < bound,
  ">": (value, bound) => value > bound,
  "<=": (value, bound) => value <= bound,
  ">=": (value, bound) => value >= bound,
};

/** Conditions joined by && and ||, with brackets; what a single condition is, its user knows. */
export class PatternExpression {
  readonly #tokens: string[] = [];
  #at = 0;

  constructor(text: string) {
    TOKEN.lastIndex = 0;
    while (TOKEN.lastIndex < text.trimEnd().length) {
      const found = TOKEN.exec(text);
      if (!found) throw new PatternFault(text);
      this.#tokens.push(found[1] ?? "");
    }
  }

  /** @throws PatternFault unless all of the text is one expression */
  read<Subject>(condition: () => Test<Subject>): Test<Subject> {
    const test = this.#any(condition);
    if (this.#at < this.#tokens.length) throw new PatternFault(this.next());
    return test;
  }

  take(token: string): boolean {
    if (this.#tokens[this.#at] !== token) return false;
    this.#at += 1;
    return true;
  }

  next(): string {
    const token = this.#tokens[this.#at];
    if (token === undefined) throw new PatternFault("it ends too soon");
    this.#at += 1;
    return token;
  }

  /** An operator and what it compares with. */
  comparison(): Test<unknown> {
    const operator = this.next();
    const literal = this.next();
    const order = ORDERS[operator];
    if (order) {
      const bound = numberOf(literal);
      if (bound === undefined) throw new PatternFault(literal);
      return (value) => {
        const number = numberOf(value);
        return number !== undefined && order(number, bound);
      };
    }
    if ((operator !== "=" && operator !== "!=") || /^[%()=<>!&|]/.test(literal)) {
      throw new PatternFault(`${operator} ${literal}`);
    }
    const equals = equalTo(literal);
    if (operator === "=") return equals;
    // UNCONFIRMED: what is not there is not unequal either.
    return (value) => value !== undefined && !equals(value);
  }

  #any<Subject>(condition: () => Test<Subject>): Test<Subject> {
    const tests = [this.#all(condition)];
    while (this.take("||")) tests.push(this.#all(condition));
    return (subject) => tests.some((test) => test(subject));
  }

  #all<Subject>(condition: () => Test<Subject>): Test<Subject> {
    const tests = [this.#single(condition)];
    while (this.take("&&")) tests.push(this.#single(condition));
    return (subject) => tests.every((test) => test(subject));
  }

  #single<Subject>(condition: () => Test<Subject>): Test<Subject> {
    if (!this.take("(")) return condition();
    const test = this.#any(condition);
    if (!this.take(")")) throw new PatternFault("a bracket is not closed");
    return test;
  }
}

/** A number, or a text with `*` for anything. */
function equalTo(literal: string): Test<unknown> {
  const isQuoted = literal.startsWith('"');
  const text = isQuoted ? literal.slice(1, -1).replace(/\\(.)/g, "$1") : literal;
  const number = isQuoted ? undefined : numberOf(text);
  const parts = text.split("*").map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"));
  const shape = new RegExp(`^${parts.join(".*")}$`, "s");
  return (value) => {
    if (typeof value === "number" && number !== undefined) return value === number;
    if (typeof value === "string") {
      return shape.test(value) || (number !== undefined && numberOf(value) === number);
    }
    return typeof value === "number" && shape.test(String(value));
  };
}

function numberOf(value: unknown): number | undefined {
  if (typeof value !== "number" && (typeof value !== "string" || value.trim() === "")) {
    return undefined;
  }
  const number = Number(value);
  return Number.isFinite(number) ? number : undefined;
}
