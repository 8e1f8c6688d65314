import fc from "fast-check";
import { expect, test } from "vitest";
import {
  encodeFrame,
  type Frame,
  FrameReader,
} from "../../../../emulator/services/lambda/runtimes/frames.ts";

const frame = fc.record({
  kind: fc.integer({ min: 0, max: 255 }),
  header: fc.string({ unit: "grapheme" }),
  body: fc.oneof(fc.string({ unit: "grapheme" }), fc.uint8Array()),
});

test("frames come out as they went in, however the bytes are cut", () => {
  fc.assert(
    fc.property(fc.array(frame), fc.array(fc.integer({ min: 1, max: 20 })), (frames, cuts) => {
      const bytes = Buffer.concat(
        frames.map(({ kind, header, body }) => encodeFrame(kind, header, body)),
      );
      const found: Frame[] = [];
      const reader = new FrameReader((read) => found.push(read));
      for (let at = 0, turn = 0; at < bytes.length; turn += 1) {
        const size = cuts[turn % Math.max(1, cuts.length)] ?? bytes.length;
        reader.read(bytes.subarray(at, at + size));
        at += size;
      }
      const plain = ({ kind, header, body }: Frame) => [
        kind,
        header,
        Buffer.from(body).toString("hex"),
      ];
      expect(found.map(plain)).toEqual(
        frames.map((sent) => plain({ ...sent, body: Buffer.from(sent.body) })),
      );
    }),
  );
});
