import { NormalizedSchema } from "@smithy/core/schema";
import type { SchemaRef } from "@smithy/types";
import { AwsError } from "../../core/errors.ts";

/** A form's fields by the dots in their names: `MetricData.member.1.Value` three levels down. */
export interface Fields {
  text?: string;
  readonly children: Map<string, Fields>;
}

/** Deeper nesting than any AWS shape has; bounds the walk's stack. */
const MAX_DEPTH = 100;

export function fieldsOf(form: URLSearchParams): Fields {
  const root: Fields = { children: new Map() };
  for (const [name, text] of form) {
    const parts = name.split(".");
    if (parts.length > MAX_DEPTH) throw malformed(name);
    let place = root;
    for (const part of parts) {
      let child = place.children.get(part);
      if (!child) {
        child = { children: new Map() };
        place.children.set(part, child);
      }
      place = child;
    }
    place.text = text;
  }
  return root;
}

/** Reads fields as an input of the schema's type; throws MalformedInput where the types differ. */
export function fromFields(schema: SchemaRef, fields: Fields): unknown {
  return read(NormalizedSchema.of(schema), fields, "");
}

function read(ns: NormalizedSchema, fields: Fields, name: string): unknown {
  if (ns.isStructSchema()) {
    const structure: Record<string, unknown> = {};
    for (const [member, memberNs] of ns.structIterator()) {
      const wireName = memberNs.getMergedTraits().xmlName ?? member;
      const given = fields.children.get(wireName);
      if (given) structure[member] = read(memberNs, given, wireName);
    }
    return structure;
  }
  const { xmlFlattened } = ns.getMergedTraits();
  if (ns.isListSchema()) {
    const item = ns.getValueSchema();
    const place = xmlFlattened ? fields : fields.children.get(nameOf(item, "member"));
    return ordered(place).map((given) => read(item, given, name));
  }
  if (ns.isMapSchema()) {
    const item = ns.getValueSchema();
    const [keyName, valueName] = [nameOf(ns.getKeySchema(), "key"), nameOf(item, "value")];
    const place = xmlFlattened ? fields : fields.children.get("entry");
    const entries = ordered(place).map(({ children }) => {
      const value = children.get(valueName) ?? { children: new Map() };
      return [children.get(keyName)?.text ?? "", read(item, value, name)] as const;
    });
    return Object.fromEntries(entries);
  }
  return readText(ns, fields.text ?? "", name);
}

/** What AWS calls a list's member, or a map's key or value, on the wire. */
export function nameOf(ns: NormalizedSchema, otherwise: string): string {
  return ns.getMergedTraits().xmlName ?? otherwise;
}

/** Members by the number in their place. */
function ordered(list: Fields | undefined): Fields[] {
  if (!list) return [];
  const numbered = [...list.children].sort(([a], [b]) => Number(a) - Number(b));
  return numbered.map(([, member]) => member);
}

function readText(ns: NormalizedSchema, text: string, name: string): unknown {
  if (ns.isNumericSchema()) {
    const number = Number(text);
    if (text.trim() === "" || Number.isNaN(number)) throw malformed(name);
    return number;
  }
  if (ns.isBooleanSchema()) {
    if (text !== "true" && text !== "false") throw malformed(name);
    return text === "true";
  }
  if (ns.isTimestampSchema()) {
    // Seconds since the epoch are no time of ISO 8601, but botocore's oldest releases sent them.
    const time = new Date(/^\d+(\.\d+)?$/.test(text) ? Number(text) * 1000 : text);
    if (Number.isNaN(time.getTime())) throw malformed(name);
    return time;
  }
  if (ns.isBlobSchema()) return Buffer.from(text, "base64");
  return text;
}

// UNCONFIRMED: the wording.
function malformed(name: string): AwsError {
  return new AwsError("MalformedInput", `Invalid value for ${name}`);
}
