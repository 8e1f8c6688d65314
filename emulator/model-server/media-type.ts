import { notAcceptable, unsupportedMediaType } from "./refusal.ts";

export type BodyKind = "json" | "csv";

/** What an answer's body is, and the content type it is sent under. */
export interface AnswerType {
  readonly kind: BodyKind;
  readonly contentType: string;
}

/** JSON lines are told from JSON by looking, as SageMaker's TensorFlow container does. */
const KINDS: Readonly<Record<string, BodyKind>> = {
  "application/json": "json",
  "application/jsonlines": "json",
  "application/jsons": "json",
  "text/csv": "csv",
};

// Without a charset: a reply of "text/csv; charset=utf-8" breaks the next container of a pipeline.
const DEFAULTS: Readonly<Record<BodyKind, AnswerType>> = {
  json: { kind: "json", contentType: "application/json" },
  csv: { kind: "csv", contentType: "text/csv" },
};

/** What a request's body is. Parameters are accepted; a charset must be UTF-8 or its subset ASCII. */
export function bodyKind(contentType: string | undefined): BodyKind {
  if (contentType === undefined) throw unsupportedMediaType(undefined);
  const known = kindOf(contentType);
  if (known) return known;
  const [type = "", ...parameters] = contentType.toLowerCase().split(";");
  const kind = kindOf(type.trim());
  if (!kind || !parameters.every(isReadable)) throw unsupportedMediaType(contentType);
  return kind;
}

/** The first acceptable type of an Accept header; without one, the kind that was sent. */
export function answerType(accept: string | undefined, sent: BodyKind): AnswerType {
  if (accept === undefined || accept === "") return DEFAULTS[sent];
  for (const range of accept.toLowerCase().split(",")) {
    const [type = "", ...parameters] = range.split(";").map((part) => part.trim());
    if (parameters.some((parameter) => /^q=0(\.0*)?$/.test(parameter))) continue;
    if (type === "*/*") return DEFAULTS[sent];
    if (type === "application/*") return DEFAULTS.json;
    if (type === "text/*") return DEFAULTS.csv;
    const kind = kindOf(type);
    if (kind) return { kind, contentType: type };
  }
  throw notAcceptable(accept);
}

function kindOf(type: string): BodyKind | undefined {
  return Object.hasOwn(KINDS, type) ? KINDS[type] : undefined;
}

function isReadable(parameter: string): boolean {
  const [name = "", value = ""] = parameter.split("=").map((part) => part.trim());
  return name !== "charset" || /^"?(utf-?8|us-ascii)"?$/.test(value);
}
