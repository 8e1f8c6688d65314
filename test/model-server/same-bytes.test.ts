import fc from "fast-check";
import { expect, test } from "vitest";
import { writeNpy } from "../../emulator/model-server/npy-format.ts";
import { serveFolder } from "../../emulator/model-server/served-model.ts";
import { ModelServer } from "../../emulator/model-server/server.ts";
import { modelFolder } from "./models.ts";

const MODELS = ["linear", "pair", "classifier", "same-float16", "same-int64", "same-string"];

const npy = writeNpy(new Uint8Array(Float32Array.of(1, 2, 3, 4, 5, 6.5).buffer), {
  descr: "<f4",
  shape: [2, 3],
});
const bodies = fc.oneof(
  fc.constantFrom<string | Uint8Array>(
    "1,2,3\n130,205,3.66",
    "1,2",
    "a,b\nc,d",
    '{"instances":[[1,2,3]]}',
    '{"instances":[{"a":1,"b":2},{"a":3,"b":4}]}',
    '{"inputs":{"a":[1.5],"b":[9007199254740991]}}',
    "[1,2]\n[3,4]",
    '{"instances":',
    "",
    npy,
    npy.subarray(0, 100),
  ),
  fc.uint8Array({ maxLength: 20 }),
  fc.array(fc.float({ noNaN: true }), { minLength: 3, maxLength: 3 }).map(String),
);
const types = fc.constantFrom(
  "text/csv",
  "application/json",
  "application/jsonlines",
  "application/x-npy",
  "text/csv; charset=utf-8",
  "image/png",
);
const accepts = fc.constantFrom(
  "*/*",
  "text/csv",
  "application/x-npy",
  "application/jsonlines;q=1",
);

test.each(MODELS)("%s answers with the same bytes inside the tank and over HTTP", async (name) => {
  await using folder = await modelFolder({ "model.onnx": name });
  const inside = await serveFolder(folder.path);
  const server = new ModelServer({ modelFolder: folder.path });
  await server.start();
  try {
    await fc.assert(
      fc.asyncProperty(bodies, types, accepts, async (body, contentType, accept) => {
        const bytes = Buffer.from(body as string);
        const answer = await inside.predict({ contentType, accept, body: bytes });
        const response = await fetch(`http://127.0.0.1:${server.port}/invocations`, {
          method: "POST",
          headers: { "content-type": contentType, accept },
          body: bytes,
        });
        expect({
          status: response.status,
          contentType: response.headers.get("content-type"),
          body: Buffer.from(await response.arrayBuffer()).toString("base64"),
        }).toEqual({
          status: answer.status,
          contentType: answer.contentType,
          body: Buffer.from(answer.body as string).toString("base64"),
        });
      }),
      { numRuns: 150 },
    );
  } finally {
    await server.close();
    await inside.release();
  }
});
