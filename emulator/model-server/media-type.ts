import { notAcceptable, unsupportedMediaType } from "./refusal.ts";

export type BodyKind = "json" | "jsonlines" | "csv" | "npy";

/** What an answer's body is, and the content type it is sent under. */
export interface AnswerType {
  readonly kind: BodyKind;
  readonly contentType: string;
}

const KINDS: Readonly<Record<string, BodyKind>> = {
  "application/json": "json",
  "application/jsonlines": "jsonlines",
  // The other name that SageMaker's TensorFlow container has for it.
  "application/jsons": "jsonlines",
  "text/csv": "csv",
  "application/x-npy": "npy",
};

// Without a charset: a reply of "text/csv; charset=utf-8" breaks the next container of a pipeline.
const DEFAULTS: Readonly<Record<BodyKind, AnswerType>> = {
  json: { kind: "json", contentType: "application/json" },
  jsonlines: { kind: "jsonlines", contentType: "application/jsonlines" },
  csv: { kind: "csv", contentType: "text/csv" },
  npy: { kind: "npy", contentType: "application/x-npy" },
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

/** One member of an Accept header: RFC 9110, section 12.5.1. */
interface Range {
  readonly type: string;
  readonly quality: number;
}

/**
 * The type that an Accept header prefers: the highest quality, of equals the first named, and of those that
 * a wildcard stands for the kind that was sent. Without a header, the kind that was sent.
 */
export function answerType(accept: string | undefined, sent: BodyKind): AnswerType {
  if (accept === undefined || accept === "" || accept === "*/*") return DEFAULTS[sent];
  const named = kindOf(accept);
  if (named) return { kind: named, contentType: accept };
  const ranges = accept.toLowerCase().split(",").map(rangeOf);
  const candidates = [DEFAULTS[sent].contentType, ...Object.keys(KINDS)];
  let best: { type: string; quality: number; place: number } | undefined;
  for (const type of candidates) {
    const place = placeOf(type, ranges);
    const quality = ranges[place]?.quality ?? 0;
    if (quality === 0) continue;
    const isBetter =
      !best || quality > best.quality || (quality === best.quality && place < best.place);
    if (isBetter) best = { type, quality, place };
  }
  const kind = best && kindOf(best.type);
  if (!best || !kind) throw notAcceptable(accept);
  return { kind, contentType: best.type };
}

function rangeOf(text: string): Range {
  const [type = "", ...parameters] = text.split(";").map((part) => part.trim());
  const quality = parameters.find((parameter) => /^q\s*=/.test(parameter));
  if (quality === undefined) return { type, quality: 1 };
  const value = Number(quality.slice(quality.indexOf("=") + 1));
  return { type, quality: value >= 0 && value <= 1 ? value : 0 };
}

/** Where the most specific range for a type stands; -1 when there is none. */
function placeOf(type: string, ranges: readonly Range[]): number {
  const group = `${type.slice(0, type.indexOf("/"))}/*`;
  for (const wanted of [type, group, "*/*"]) {
    const place = ranges.findIndex((range) => range.type === wanted);
    if (place >= 0) return place;
  }
  return -1;
}

function kindOf(type: string): BodyKind | undefined {
  return Object.hasOwn(KINDS, type) ? KINDS[type] : undefined;
}

function isReadable(parameter: string): boolean {
  const [name = "", value = ""] = parameter.split("=").map((part) => part.trim());
  return name !== "charset" || /^"?(utf-?8|us-ascii)"?$/.test(value);
}
