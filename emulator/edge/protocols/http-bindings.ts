import { FromStringShapeDeserializer, ToStringShapeSerializer } from "@smithy/core/protocols";
import { NormalizedSchema } from "@smithy/core/schema";
import type { SchemaRef } from "@smithy/types";
import { AwsError } from "../../core/errors.ts";
import type { WireRequest } from "../../core/wire.ts";

/**
 * Where the members of a REST operation travel, by the published HTTP bindings: path labels, query,
 * headers, status code, one member as the whole payload, the rest in a document.
 */
export interface Binding {
  readonly name: string;
  readonly ns: NormalizedSchema;
  readonly place:
    | "label"
    | "query"
    | "header"
    | "prefix-headers"
    | "payload"
    | "status"
    | "document";
  /** The header, query parameter or header prefix; lower case for headers. */
  readonly wireName: string;
}

const cache = new WeakMap<object, readonly Binding[]>();

export function bindingsOf(schema: SchemaRef): readonly Binding[] {
  const ns = NormalizedSchema.of(schema);
  const known = cache.get(ns);
  if (known) return known;
  const bindings = ns.isStructSchema() ? [...ns.structIterator()].map(bindingOf) : [];
  cache.set(ns, bindings);
  return bindings;
}

function bindingOf([name, ns]: [string, NormalizedSchema]): Binding {
  const traits = ns.getMergedTraits();
  if (traits.httpLabel) return { name, ns, place: "label", wireName: name };
  if (traits.httpQuery) return { name, ns, place: "query", wireName: traits.httpQuery };
  if (traits.httpHeader) {
    return { name, ns, place: "header", wireName: traits.httpHeader.toLowerCase() };
  }
  if (traits.httpPrefixHeaders !== undefined) {
    const wireName = traits.httpPrefixHeaders.toLowerCase();
    return { name, ns, place: "prefix-headers", wireName };
  }
  if (traits.httpPayload) return { name, ns, place: "payload", wireName: name };
  if (traits.httpResponseCode) return { name, ns, place: "status", wireName: name };
  return { name, ns, place: "document", wireName: traits.jsonName ?? name };
}

const textSettings = {
  httpBindings: true,
  // Numbers are the SDK's own codes: timestamps are epoch seconds unless a trait or binding says other.
  timestampFormat: { useTrait: true, default: 7 as const },
};
const fromText = new FromStringShapeDeserializer(textSettings);
const toText = new ToStringShapeSerializer(textSettings);

/** Reads every member that travels outside the body; absent ones are left out. */
export function readBound(
  schema: SchemaRef,
  request: Pick<WireRequest, "headers" | "query">,
  labels: Readonly<Record<string, string | undefined>>,
): Record<string, unknown> {
  const input: Record<string, unknown> = {};
  for (const binding of bindingsOf(schema)) {
    const { name, place, wireName } = binding;
    if (place === "prefix-headers") {
      const found = withPrefix(request.headers, wireName);
      if (Object.keys(found).length > 0) input[name] = found;
      continue;
    }
    if (place === "query" && binding.ns.isListSchema()) {
      const items = request.query.getAll(wireName);
      if (items.length > 0) input[name] = items.map((item) => parse(itemOf(binding), item));
      continue;
    }
    const text =
      place === "label"
        ? labels[name]
        : place === "query"
          ? (request.query.get(wireName) ?? undefined)
          : place === "header"
            ? request.headers[wireName]
            : undefined;
    if (text !== undefined) input[name] = parse(binding, text);
  }
  return input;
}

/** The headers that an output's bound members become. */
export function writeBoundHeaders(
  bindings: readonly Binding[],
  output: Readonly<Record<string, unknown>>,
): Record<string, string> {
  const headers: Record<string, string> = {};
  for (const { name, ns, place, wireName } of bindings) {
    const value = output[name];
    if (value === undefined || value === null) continue;
    if (place === "header") {
      if (typeof value === "string") headers[wireName] = value;
      else {
        toText.write(ns, value);
        headers[wireName] = toText.flush();
      }
    } else if (place === "prefix-headers") {
      for (const [key, text] of Object.entries(value)) headers[wireName + key] = String(text);
    }
  }
  return headers;
}

/** A list in the query repeats its name, an item each time; in a header commas part the items. */
function itemOf(list: Binding): Binding {
  return { ...list, ns: list.ns.getValueSchema() };
}

function parse({ ns, wireName }: Binding, text: string): unknown {
  if (ns.isStringSchema()) return text;
  if (ns.isListSchema() && ns.getValueSchema().isStringSchema()) {
    return text.split(",").map((item) => item.trim());
  }
  const value: unknown = fromText.read(ns, text);
  const isInvalid =
    (typeof value === "number" && Number.isNaN(value)) ||
    (value instanceof Date && Number.isNaN(value.getTime()));
  if (isInvalid) throw new AwsError("SerializationException", `Invalid value for ${wireName}`);
  return value;
}

function withPrefix(headers: Readonly<Record<string, string>>, prefix: string) {
  const found: Record<string, string> = {};
  for (const [name, value] of Object.entries(headers)) {
    if (name.startsWith(prefix)) found[name.slice(prefix.length)] = value;
  }
  return found;
}
