import * as model from "@aws-sdk/client-lambda";
import {
  GetFunctionCommand,
  Invoke$,
  InvokeCommand,
  LambdaClient,
  ListDurableExecutionsByFunctionCommand,
  ResourceNotFoundException,
  TooManyRequestsException,
  UntagResource$,
  UntagResourceCommand,
} from "@aws-sdk/client-lambda";
import type { MetadataBearer } from "@smithy/types";
import fc from "fast-check";
import { expect, test } from "vitest";
import { AwsError } from "../../emulator/core/errors.ts";
import { clientConfig, edgeOf, recording, service, wireRequest } from "./in-process.ts";
import { documentOperations, plain, shape } from "./shapes.ts";

const lambda = (operations = {}) =>
  service({ target: "lambda", protocol: "rest-json", model: async () => model, operations });

for (const { name, schema, Command } of documentOperations(model)) {
  test(`${name} arrives as AWS's own client sent it, and its answer as it was given`, async () => {
    await fc.assert(
      fc.asyncProperty(
        shape(schema[4]),
        shape(schema[5], { timestampStepMs: 1_000 }),
        async (input, output) => {
          const { inputs, operation } = recording(schema, () => output);
          const client = new LambdaClient(clientConfig(edgeOf(lambda({ [name]: operation }))));
          const { $metadata, ...members } = (await client.send(
            new Command(input),
          )) as MetadataBearer;
          expect(plain(inputs[0])).toEqual(plain(input));
          expect(plain(members)).toEqual(plain(output));
          expect($metadata.requestId).toMatch(/^[0-9a-f-]{36}$/);
        },
      ),
      { numRuns: 10 },
    );
  });
}

test("a payload goes through untouched, whatever its bytes, and bound members in headers", async () => {
  await fc.assert(
    fc.asyncProperty(fc.uint8Array({ minLength: 1 }), async (bytes) => {
      const { inputs, operation } = recording(Invoke$, () => ({
        StatusCode: 200,
        FunctionError: "Unhandled",
        ExecutedVersion: "$LATEST",
        Payload: Buffer.from(bytes),
      }));
      const client = new LambdaClient(clientConfig(edgeOf(lambda({ Invoke: operation }))));
      const answer = await client.send(
        new InvokeCommand({
          FunctionName: "arn:aws:lambda:us-east-1:000000000000:function:score:live",
          InvocationType: "RequestResponse",
          Qualifier: "live",
          Payload: bytes,
        }),
      );
      expect(plain(inputs[0])).toEqual({
        FunctionName: "arn:aws:lambda:us-east-1:000000000000:function:score:live",
        InvocationType: "RequestResponse",
        Qualifier: "live",
        Payload: plain(bytes),
      });
      expect(plain(answer.Payload)).toBe(plain(bytes));
      expect(answer).toMatchObject({ FunctionError: "Unhandled", ExecutedVersion: "$LATEST" });
    }),
    { numRuns: 20 },
  );
});

test("a list in the query is given by repeating its name, and its items may hold commas", async () => {
  const { inputs, operation } = recording(UntagResource$, () => undefined);
  const client = new LambdaClient(clientConfig(edgeOf(lambda({ UntagResource: operation }))));
  const input = { Resource: "arn:aws:lambda:a:b:function:c", TagKeys: ["team", "a,b", "env"] };
  await client.send(new UntagResourceCommand(input));
  expect(inputs).toEqual([input]);
});

test("times, numbers and flags in the query arrive as such", async () => {
  const { inputs, operation } = recording(model.ListDurableExecutionsByFunction$, () => ({}));
  const operations = { ListDurableExecutionsByFunction: operation };
  const client = new LambdaClient(clientConfig(edgeOf(lambda(operations))));
  const input = {
    FunctionName: "score",
    StartedAfter: new Date("2026-01-02T03:04:05Z"),
    ReverseOrder: true,
    MaxItems: 5,
  };
  await client.send(new ListDurableExecutionsByFunctionCommand(input));
  expect(inputs).toEqual([input]);
});

test("a number in the query that is none is a SerializationException", async () => {
  const { operation } = recording(model.ListFunctions$, () => ({}));
  const answer = await edgeOf(lambda({ ListFunctions: operation })).handle(
    wireRequest({
      method: "GET",
      path: "/2015-03-31/functions",
      query: new URLSearchParams({ MaxItems: "many" }),
      body: Buffer.alloc(0),
    }),
  );
  expect(answer.status).toBe(400);
  expect(answer.headers["x-amzn-ErrorType"]).toBe("SerializationException");
});

test("the status of a success is the published one", async () => {
  const { operation } = recording(model.CreateFunction$, () => ({ FunctionName: "score" }));
  const answer = await edgeOf(lambda({ CreateFunction: operation })).handle(
    wireRequest({
      path: "/2015-03-31/functions",
      body: Buffer.from(JSON.stringify({ FunctionName: "score", Role: "r", Code: {} })),
    }),
  );
  expect(answer).toMatchObject({
    status: 201,
    headers: { "content-type": "application/json" },
    body: '{"FunctionName":"score"}',
  });
});

test("a body that is no JSON is a SerializationException", async () => {
  const { operation } = recording(model.CreateFunction$, () => ({}));
  const edge = edgeOf(lambda({ CreateFunction: operation }));
  for (const body of ["hello", '{"FunctionName":', "[]", '{"FunctionName":23}']) {
    const answer = await edge.handle(
      wireRequest({ path: "/2015-03-31/functions", body: Buffer.from(body) }),
    );
    expect(answer.status, body).toBe(400);
    expect(answer.headers["x-amzn-ErrorType"], body).toBe("SerializationException");
  }
});

test("errors reach the client as instances of AWS's types, with their status and members", async () => {
  const failing = async (error: AwsError) => {
    const { operation } = recording(model.GetFunction$, () => {
      throw error;
    });
    const client = new LambdaClient(clientConfig(edgeOf(lambda({ GetFunction: operation }))));
    return client
      .send(new GetFunctionCommand({ FunctionName: "score" }))
      .catch((thrown: unknown) => thrown);
  };
  const missing = await failing(new AwsError("ResourceNotFoundException", "Function not found"));
  expect(missing).toBeInstanceOf(ResourceNotFoundException);
  expect(missing).toMatchObject({
    name: "ResourceNotFoundException",
    message: "Function not found",
    Type: "User",
    $metadata: { httpStatusCode: 404, requestId: expect.stringMatching(/^[0-9a-f-]{36}$/) },
  });
  const throttled = await failing(
    new AwsError("TooManyRequestsException", "Rate Exceeded.", {
      members: { Reason: "ConcurrentInvocationLimitExceeded" },
    }),
  );
  expect(throttled).toBeInstanceOf(TooManyRequestsException);
  expect(throttled).toMatchObject({
    Reason: "ConcurrentInvocationLimitExceeded",
    $metadata: { httpStatusCode: 429 },
  });
});

test("an operation that AWS has and the tank has not answers 501 and names it", async () => {
  const client = new LambdaClient(clientConfig(edgeOf(lambda())));
  await expect(client.send(new GetFunctionCommand({ FunctionName: "a" }))).rejects.toMatchObject({
    name: "NotImplemented",
    message: "GetFunction is not emulated by Wavetank; see emulator/services/lambda/README.md",
    $metadata: { httpStatusCode: 501 },
  });
});
