import fc from "fast-check";
import { expect, test } from "vitest";
import { FunctionLog, logTail } from "../../../../emulator/services/lambda/model/function-log.ts";

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

test("a log keeps its last events", () => {
  const log = new FunctionLog(3);
  for (let at = 0; at < 20; at += 1) {
    log.add({ at, stream: "s", message: `${at}\n` });
    expect(log.events().map((event) => event.at)).toEqual(
      [at - 2, at - 1, at].filter((n) => n >= 0),
    );
  }
});
