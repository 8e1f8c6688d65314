import { templateNotEmulated } from "../errors.ts";
import { CONVERSIONS } from "./conversions.ts";
import { jsonPathSteps, valueAt } from "./json-path.ts";

// https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-mapping-template-reference.html

/** What a mapping template may read. */
export interface TemplateInput {
  readonly body: string;
  readonly path: Readonly<Record<string, string>>;
  readonly querystring: Readonly<Record<string, string>>;
  readonly header: Readonly<Record<string, string>>;
  /** `$context`, nested as its dots are. */
  readonly context: Readonly<Record<string, unknown>>;
  readonly stageVariables: Readonly<Record<string, string>>;
}

/** A template ready to be filled. */
export type MappingTemplate = (input: TemplateInput) => string;

type Piece = (input: TemplateInput) => unknown;

/**
 * Reads the part of the Velocity language that request mappings use: references to `$input`, `$context`,
 * `$stageVariables` and the conversions of text in `$util`.
 * @throws AwsError BadRequestException naming whatever else the template holds, and its place
 */
export function mappingTemplate(text: string): MappingTemplate {
  const pieces: Piece[] = [];
  const token = /#|\$!?(?=[A-Za-z{])/g;
  let end = 0;
  for (let found = token.exec(text); found; found = token.exec(text)) {
    if (found[0] === "#") {
      const directive = /^#(?:[A-Za-z]\w*|[#*[{@])/.exec(text.slice(found.index))?.[0];
      if (directive) throw refused(text, { at: found.index, what: directive });
      continue;
    }
    const before = text.slice(end, found.index);
    if (before !== "") pieces.push(() => before);
    const reader = new Reader(text, token.lastIndex);
    pieces.push(reader.braced());
    end = reader.position;
    token.lastIndex = end;
  }
  const rest = text.slice(end);
  return (input) => `${pieces.map((piece) => printed(piece(input))).join("")}${rest}`;
}

/** Reads one reference, character by character. */
class Reader {
  position: number;
  readonly #text: string;
  readonly #start: number;

  constructor(text: string, position: number) {
    this.#text = text;
    this.position = position;
    this.#start = text.lastIndexOf("$", position);
  }

  /** `input.body` or `{input.body}`. */
  braced(): Piece {
    if (!this.#take("{")) return this.#reference();
    const piece = this.#reference();
    if (!this.#take("}")) throw this.#refuse();
    return piece;
  }

  #reference(): Piece {
    if (this.#take("input.json(")) return this.#ofJsonPath((value) => JSON.stringify(value ?? ""));
    if (this.#take("input.path(")) return this.#ofJsonPath((value) => value);
    if (this.#take("input.params(")) return this.#params();
    if (this.#take("input.body")) return (input) => input.body;
    for (const [name, convert] of Object.entries(CONVERSIONS)) {
      if (!this.#take(`util.${name}(`)) continue;
      const inner = this.#argument();
      this.#expect(")");
      return (input) => convert(printed(inner(input)));
    }
    if (this.#take("context.")) {
      const names = this.#names();
      return (input) => valueAt(input.context, names);
    }
    if (this.#take("stageVariables.")) {
      const names = this.#names();
      return (input) => valueAt(input.stageVariables, names);
    }
    throw this.#refuse();
  }

  #ofJsonPath(read: (value: unknown) => unknown): Piece {
    const path = this.#quoted();
    this.#expect(")");
    const steps = jsonPathSteps(path);
    if (!steps) throw this.#refuse();
    return (input) => read(valueAt(parsed(input.body), steps));
  }

  /** `params('name')`, `params().header.name`; a bare name is looked for in path, query, then headers. */
  #params(): Piece {
    if (!this.#take(")")) {
      const name = this.#quoted();
      this.#expect(")");
      return ({ path, querystring, header }) =>
        path[name] ?? querystring[name] ?? fromHeaders(header, name);
    }
    const [, from, name] =
      /^\.(path|querystring|header)\.([\w-]+)/.exec(this.#text.slice(this.position)) ?? [];
    if (!from || !name) throw this.#refuse();
    this.position += from.length + name.length + 2;
    if (from === "header") return ({ header }) => fromHeaders(header, name);
    return (input) => input[from as "path" | "querystring"][name];
  }

  #argument(): Piece {
    if (this.#take("$!") || this.#take("$")) return this.braced();
    const text = this.#quoted();
    return () => text;
  }

  #names(): string[] {
    const found = /^\w+(?:\.\w+)*/.exec(this.#text.slice(this.position))?.[0];
    if (!found) throw this.#refuse();
    this.position += found.length;
    return found.split(".");
  }

  #quoted(): string {
    const found = /^\s*(?:'([^']*)'|"([^"]*)")\s*/.exec(this.#text.slice(this.position));
    if (!found) throw this.#refuse();
    this.position += found[0].length;
    return found[1] ?? found[2] ?? "";
  }

  #expect(text: string): void {
    if (!this.#take(text)) throw this.#refuse();
  }

  #take(text: string): boolean {
    if (!this.#text.startsWith(text, this.position)) return false;
    this.position += text.length;
    return true;
  }

  #refuse() {
    const what = /^\$!?\{?[\w.]*/.exec(this.#text.slice(this.#start))?.[0] ?? "$";
    return refused(this.#text, { at: this.#start, what });
  }
}

function refused(text: string, { at, what }: { at: number; what: string }) {
  const lines = text.slice(0, at).split("\n");
  const place = `line ${lines.length}, column ${(lines.at(-1)?.length ?? 0) + 1}`;
  return templateNotEmulated({ text: what, at: place });
}

function fromHeaders(headers: Readonly<Record<string, string>>, name: string): string | undefined {
  const lower = name.toLowerCase();
  return Object.entries(headers).find(([given]) => given.toLowerCase() === lower)?.[1];
}

function printed(value: unknown): string {
  if (value === undefined || value === null) return "";
  return typeof value === "string" ? value : JSON.stringify(value);
}

function parsed(body: string): unknown {
  try {
    return body === "" ? {} : JSON.parse(body);
  } catch {
    return body;
  }
}
