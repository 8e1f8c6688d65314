import fc from "fast-check";
import { expect, test } from "vitest";
import { logTail } from "../../../../emulator/services/lambda/model/log-tail.ts";

test("a tail is the end of the log, at most 4 KB, and cuts no character in two", () => {
  fc.assert(
    fc.property(
      fc.array(fc.string({ unit: "grapheme", maxLength: 3000 }), { maxLength: 6 }),
      (messages) => {
        const log = messages.join("");
        const tail = logTail(messages);
        const bytes = Buffer.byteLength(tail);
        expect(log.endsWith(tail)).toBe(true);
        expect(bytes).toBeLessThanOrEqual(4096);
        if (Buffer.byteLength(log) > 4096) expect(bytes).toBeGreaterThan(4096 - 4);
        else expect(tail).toBe(log);
      },
    ),
    { numRuns: 50 },
  );
});
