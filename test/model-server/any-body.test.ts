import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type ServedModel, served } from "./models.ts";

const names = ["linear", "pair", "same-string", "same-bool", "total", "picture"];
const models: ServedModel[] = [];

beforeAll(async () => {
  models.push(...(await Promise.all(names.map(served))));
});

afterAll(async () => {
  for (const model of models) await model[Symbol.asyncDispose]();
});

/** Nested JSON that often comes close to what a model takes. */
const { near } = fc.letrec((tie) => ({
  leaf: fc.oneof(fc.integer(), fc.double(), fc.boolean(), fc.string(), fc.constant(null)),
  list: fc.array(tie("near"), { maxLength: 4 }),
  keyed: fc.dictionary(
    fc.constantFrom("instances", "inputs", "signature_name", "features", "a", "b", "x", "pixels"),
    tie("near"),
    { maxKeys: 3 },
  ),
  near: fc.oneof({ maxDepth: 5 }, tie("leaf"), tie("list"), tie("keyed")),
}));

const line = fc.array(fc.constantFrom("1", "-2.5", "true", "abc", '"q"', '"', "", " "), {
  maxLength: 4,
});
const csv = fc
  .array(
    line.map((cells) => cells.join(",")),
    { maxLength: 4 },
  )
  .map((rows) => rows.join("\r\n"));

test("whatever JSON is sent, the answer is a prediction or a 400", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.oneof(
        near.map((value) => JSON.stringify(value)),
        fc.string(),
      ),
      async (body) => {
        for (const model of models) {
          for (const accept of ["application/json", "text/csv"]) {
            expect([200, 400]).toContain((await model.json(body, accept)).status);
          }
        }
      },
    ),
  );
});

test("whatever CSV is sent, the answer is a prediction or a 400", async () => {
  await fc.assert(
    fc.asyncProperty(fc.oneof(csv, fc.string()), async (body) => {
      for (const model of models) expect([200, 400]).toContain((await model.csv(body)).status);
    }),
  );
});
