import { CreateModelCommand } from "@aws-sdk/client-sagemaker";
import { InvokeEndpointCommand, type ModelError } from "@aws-sdk/client-sagemaker-runtime";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type HostingTank, modelArchive, startHosting } from "../sagemaker/hosting-tank.ts";

const MIB = 1024 * 1024;
let tank: HostingTank;

beforeAll(async () => {
  tank = await startHosting();
  for (const [name, model] of Object.entries({ Rides: "linear", Texts: "same-string" })) {
    await serve(name, await modelArchive(model));
  }
});

afterAll(() => tank[Symbol.asyncDispose]());

/** An endpoint for an archive; how its creation ended. */
async function serve(name: string, archive: Uint8Array) {
  const uri = `s3://models/${name}/model.tar.gz`;
  tank.artifacts.objects.set(uri, archive);
  const container = { Image: "models/server:1", ModelDataUrl: uri };
  await tank.client.send(new CreateModelCommand({ ModelName: name, PrimaryContainer: container }));
  await tank.addConfig(name, { ModelName: name });
  return tank.addEndpoint(name, name);
}

async function invoke(EndpointName: string, ContentType: string, Body: string | Uint8Array) {
  const command = new InvokeEndpointCommand({ EndpointName, ContentType, Body });
  const { Body: answer } = await tank.runtime.send(command);
  return answer?.transformToString() ?? "";
}

async function refused(ContentType: string, body: string | Uint8Array): Promise<ModelError> {
  const error = await invoke("Rides", ContentType, body).catch((thrown: unknown) => thrown);
  return error as ModelError;
}

async function expectTheOthersToServe(): Promise<void> {
  expect(await invoke("Rides", "text/csv", "130,205,3.66")).toBe("25.300001\n");
  expect(await invoke("Texts", "text/csv", "a,b")).toBe("a,b\n");
}

const JSON_TYPE = "application/json";
const bodies: [what: string, type: string, body: string | Uint8Array, message: string][] = [
  [
    "a wrong shape",
    JSON_TYPE,
    '{"instances":[[1,2]]}',
    "expected rows of 3 numbers (features: float32[n,3]), row 1 has 2",
  ],
  [
    "a wrong type",
    JSON_TYPE,
    '{"instances":[[1,2,"three"]]}',
    'expected rows of 3 numbers (features: float32[n,3]), row 1, element 3 is "three"',
  ],
  ["null", JSON_TYPE, '{"instances":[[1,2,null]]}', "row 1, element 3 is null"],
  [
    "a number that no 32-bit float holds",
    JSON_TYPE,
    '{"instances":[[1,2,1e39]]}',
    "row 1, element 3 is 1e+39",
  ],
  ["another input's name", JSON_TYPE, '{"inputs":{"x":[[1,2,3]]}}', 'names the input "x"'],
  [
    "another signature",
    JSON_TYPE,
    '{"signature_name":"classify","instances":[[1,2,3]]}',
    'there is no signature "classify"',
  ],
  ["an empty body", "text/csv", "", "the request holds no rows"],
  ["an empty body of JSON", JSON_TYPE, "", "the body is not JSON"],
  ["truncated JSON", JSON_TYPE, '{"instances":[[1,2,', "the body is not JSON"],
  [
    "14 numbers",
    "text/csv",
    Array.from({ length: 14 }, (_, index) => index).join(","),
    "expected rows of 3 numbers (features: float32[n,3]), row 1 has 14",
  ],
  ["a word among numbers", "text/csv", "1,2,abc", 'row 1, column 3 is "abc"'],
  [
    "a header row",
    "text/csv",
    "PULocationID,DOLocationID,trip_distance\n1,2,3",
    "a header row is not accepted",
  ],
  ["text that is not UTF-8", "text/csv", Buffer.from([0x31, 0xff, 0xfe]), "the body is not UTF-8"],
  ["JSON that is not UTF-8", JSON_TYPE, Buffer.from([0x22, 0xc3, 0x22]), "the body is not UTF-8"],
  ["1 MB of text", "text/csv", "a".repeat(MIB), "row 1 has 1"],
  ["lists within lists", JSON_TYPE, "[".repeat(100_000), "the body is not JSON"],
  ["deep lists", JSON_TYPE, `${"[".repeat(5000)}1${"]".repeat(5000)}`, "expected rows of 3"],
  [
    "a huge CSV with one bad row",
    "text/csv",
    `${"1,2,3\n".repeat(500_000)}1,2`,
    "row 500001 has 2",
  ],
  ["an array of another shape", "application/x-npy", "no array", "the body is not an array"],
  ["an unknown content type", "image/png", "png", "Unsupported Media Type: image/png"],
];

describe("a body that the model cannot take is a ModelError, and the models serve on:", () => {
  test.each(bodies)("%s", async (_what, type, body, message) => {
    const error = await refused(type, body);
    expect(error).toMatchObject({ name: "ModelError", $metadata: { httpStatusCode: 424 } });
    expect(error.OriginalStatusCode).toBe(type === "image/png" ? 415 : 400);
    expect(error.OriginalMessage).toContain(JSON.stringify(message).slice(1, -1));
    expect(error.OriginalMessage?.length).toBeLessThan(400);
    expect(error.message).toMatch(/^Received client error \(4\d\d\) from primary with message "/);
    await expectTheOthersToServe();
  });

  test("NaN and the infinities are numbers to a float, as missing values are to trees", async () => {
    expect(await invoke("Rides", "text/csv", "NaN,2,3")).toBe("NaN\n");
    expect(await invoke("Rides", JSON_TYPE, "[Infinity,2,3]")).toBe('{"predictions":[[Infinity]]}');
  });

  test("1 MB of text to a model that takes text comes back whole", async () => {
    const text = "ä".repeat(MIB / 2);
    expect(await invoke("Texts", "text/csv", text)).toBe(`${text}\n`);
  });

  test("a body beyond 25 MiB is refused by its size", async () => {
    const error = await refused("text/csv", Buffer.alloc(26 * MIB, "1,2,3\n"));
    expect(error.$metadata.httpStatusCode).toBe(413);
    await expectTheOthersToServe();
  });
});
