import { EventStreamCodec } from "@smithy/core/event-streams";
import type { NormalizedSchema } from "@smithy/core/schema";
import { writeRestJson } from "./json.ts";

/** The content type of an answer that is a stream of events. */
export const EVENT_STREAM = "application/vnd.amazon.eventstream";

const codec = new EventStreamCodec(
  (bytes) => Buffer.from(bytes).toString("utf8"),
  (text) => Buffer.from(text, "utf8"),
);

/**
 * Writes events, each an object of one member of the stream's union: `{ PayloadPart: { Bytes } }`.
 * https://smithy.io/2.0/aws/amazon-eventstream.html
 */
export function writeEvents(stream: NormalizedSchema, events: readonly object[]): Uint8Array {
  return Buffer.concat(events.map((event) => frame(stream, event)));
}

function frame(stream: NormalizedSchema, event: object): Uint8Array {
  const [[name, members] = ["", {}]] = Object.entries(event);
  const schema = stream.getMemberSchema(name);
  const payload = [...schema.structIterator()].find(([, ns]) => ns.getMergedTraits().eventPayload);
  const bytes = payload && (members as Record<string, unknown>)[payload[0]];
  const isBytes = bytes instanceof Uint8Array;
  return codec.encode({
    headers: {
      ":message-type": { type: "string", value: "event" },
      ":event-type": { type: "string", value: name },
      ":content-type": {
        type: "string",
        value: isBytes ? "application/octet-stream" : "application/json",
      },
    },
    body: isBytes ? bytes : Buffer.from(writeRestJson(schema, members)),
  });
}
