import type { HttpRequest } from "@smithy/core/protocols";
import { expect, test } from "vitest";
import type { Service } from "../../emulator/core/service.ts";
import { Router } from "../../emulator/edge/route.ts";
import { service, toWire, wireRequest } from "./in-process.ts";

type Schema = [9, string, string, { http: [string, string, number] }, unknown, unknown];
type Model = Record<string, unknown>;

const lambda: Model = await import("@aws-sdk/client-lambda");
const runtime: Model = await import("@aws-sdk/client-sagemaker-runtime");
const unsigned = { accessKeyId: "", region: "us-east-1", service: "" };

const operationSchemas = (model: Model): Schema[] =>
  Object.values(model).filter(
    (schema): schema is Schema => Array.isArray(schema) && schema[0] === 9,
  );

/** A service that serves every operation of a model. */
function everything(target: string, model: Model): Service {
  const operations = operationSchemas(model).map((schema) => [schema[2], { schema, handle() {} }]);
  return service({
    target,
    protocol: "rest-json",
    model: async () => model,
    operations: Object.fromEntries(operations),
  });
}

/** The request that AWS's own client makes of an operation, before it is signed. */
async function requestOf(model: Model, schema: Schema, input: object) {
  const Client = model[
    Object.keys(model).find((name) => /^(Lambda|SageMakerRuntime)Client$/.test(name)) ?? ""
  ] as new (
    config: object,
  ) => { send(command: object): Promise<unknown>; destroy(): void };
  const Command = model[`${schema[2]}Command`] as new (input: object) => object;
  let sent: HttpRequest | undefined;
  const client = new Client({
    endpoint: "http://127.0.0.1",
    region: "us-east-1",
    credentials: { accessKeyId: "a", secretAccessKey: "b" },
    maxAttempts: 1,
    requestHandler: {
      async handle(request: HttpRequest) {
        sent = request;
        throw new Error("not sent");
      },
    },
  });
  await client.send(new Command(input)).catch(() => {});
  if (!sent) throw new Error(`${schema[2]} made no request`);
  return toWire(sent);
}

/** A value for each label of the path, and one for all that the query must name. */
function inputFor([, , , { http }]: Schema): Record<string, string | number | string[]> {
  const labels = [...http[1].matchAll(/\{(\w+)\+?\}/g)].map(([, name = ""]) => [
    name,
    name === "VersionNumber" ? 7 : `value-of-${name}`,
  ]);
  return {
    ...Object.fromEntries(labels),
    Qualifier: "live",
    Arn: "arn:aws:lambda:us-east-1:000000000000:layer:l:1",
    TagKeys: ["a"],
    CheckpointToken: "t",
    ErrorCode: "x",
  };
}

for (const [target, model, count] of [
  ["lambda", lambda, 80],
  ["sagemaker-runtime", runtime, 3],
] as const) {
  const schemas = operationSchemas(model);

  test(`the model of ${target} has operations to route`, () => {
    expect(schemas.length).toBeGreaterThanOrEqual(count);
  });

  test(`every request that AWS's client makes of ${target} is routed to its operation`, async () => {
    const router = new Router([everything(target, model)]);
    for (const schema of schemas) {
      const request = await requestOf(model, schema, inputFor(schema));
      const target = await router.route(request, unsigned);
      expect(target?.operationName, `${request.method} ${request.path}?${request.query}`).toBe(
        schema[2],
      );
    }
  });

  test(`no published path of ${target} is routed to two operations`, async () => {
    for (const schema of schemas) {
      const alone = { [`${schema[2]}$`]: schema };
      const others = Object.fromEntries(
        schemas.filter((other) => other !== schema).map((other) => [`${other[2]}$`, other]),
      );
      const request = await requestOf(model, schema, inputFor(schema));
      const itself = await new Router([everything(target, alone)]).route(request, unsigned);
      expect(itself?.operationName).toBe(schema[2]);
      // Where another pattern fits too, it is the more general one, which the router tries later.
      const rival = await new Router([everything(target, others)]).route(request, unsigned);
      if (rival) {
        const [specific, general] = [schema, others[`${rival.operationName}$`] as Schema].map(
          ([, , , { http }]) => http[1].replace(/\{[^}]*\}/g, "").length,
        );
        expect(specific, `${schema[2]} against ${rival.operationName}`).toBeGreaterThan(
          general ?? 0,
        );
      }
    }
  });
}

const router = new Router([
  everything("lambda", lambda),
  service({
    target: "Kinesis_20131202",
    protocol: "aws-json-1.1",
    model: () => import("@aws-sdk/client-kinesis"),
  }),
]);
const routed = (method: string, path: string, query = "") =>
  router.route(wireRequest({ method, path, query: new URLSearchParams(query) }), unsigned);

test("labels of the path are decoded", async () => {
  const path = "/2017-03-31/tags/arn%3Aaws%3Alambda%3Aus-east-1%3A1%3Afunction%3Aa%2Fb";
  const target = await routed("GET", path);
  expect(target?.operationName).toBe("ListTags");
  expect(target?.labels).toEqual({ Resource: "arn:aws:lambda:us-east-1:1:function:a/b" });
});

test("a trailing slash, which some clients send, does not matter", async () => {
  expect((await routed("GET", "/2015-03-31/functions/"))?.operationName).toBe("ListFunctions");
  expect((await routed("GET", "/2015-03-31/functions"))?.operationName).toBe("ListFunctions");
});

test("the method and the query tell operations of one path apart", async () => {
  const path = "/2018-10-31/layers";
  expect((await routed("GET", path))?.operationName).toBe("ListLayers");
  expect((await routed("GET", path, "find=LayerVersion&Arn=x"))?.operationName).toBe(
    "GetLayerVersionByArn",
  );
  const function_ = "/2015-03-31/functions/score";
  expect((await routed("GET", function_))?.operationName).toBe("GetFunction");
  expect((await routed("DELETE", function_))?.operationName).toBe("DeleteFunction");
});

test("a path that is not well encoded, or that AWS does not publish, is nobody's", async () => {
  expect(await routed("GET", "/2015-03-31/functions/%E0%A4%A")).toBeUndefined();
  expect(await routed("GET", "/2015-03-31/no/such/path")).toBeUndefined();
});

const targeted = (target: string) =>
  router.route(wireRequest({ headers: { "x-amz-target": target } }), unsigned);

test("an operation that AWS has and the tank has not is found, without an implementation", async () => {
  expect(await targeted("Kinesis_20131202.SplitShard")).toMatchObject({
    operationName: "SplitShard",
    operation: undefined,
  });
});

test("what is no operation of the service is unknown, whatever else bears the name", async () => {
  for (const name of [
    "NoSuchOperation",
    "",
    // A structure of the model, not an operation.
    "Shard",
    "ResourceNotFoundException",
    // What every JavaScript object has.
    "toString",
    "constructor",
    "__proto__",
    "hasOwnProperty",
  ]) {
    expect(await targeted(`Kinesis_20131202.${name}`), name).toBeUndefined();
  }
});

test("a target of no service is unknown", async () => {
  for (const target of ["secretsmanager.ListSecrets", "Kinesis_20131202", "PutRecord", "."]) {
    expect(await targeted(target), target).toBeUndefined();
  }
});
