import { expect, test } from "vitest";
import {
  backendSettingsOf,
  localstackUrlOf,
  parseBackend,
  parseNamedUrl,
} from "../../emulator/backends/settings.ts";

test("variables name what stands where", () => {
  const settings = backendSettingsOf({
    WAVETANK_KINESIS: "localstack",
    WAVETANK_S3: "aws",
    WAVETANK_LAMBDA: "",
    WAVETANK_LOCALSTACK_URL: "http://localstack:4566/",
    WAVETANK_FUNCTIONS: "a=http://one:8080, a=http://two:8080 ,b=http://three:8080/",
    WAVETANK_MODEL_SERVERS: "wine=http://model-server:8080",
  });
  expect(settings).toEqual({
    backends: { kinesis: "localstack", s3: "aws" },
    localstackUrl: "http://localstack:4566",
    functions: { a: ["http://one:8080", "http://two:8080"], b: ["http://three:8080"] },
    modelServers: { wine: "http://model-server:8080" },
  });
});

test("LocalStack is where it usually is, and nowhere when nothing is asked of it", () => {
  expect(localstackUrlOf({ backends: { s3: "localstack" } })).toBe("http://127.0.0.1:4566");
  expect(localstackUrlOf({ backends: { s3: "aws" } })).toBeUndefined();
  expect(localstackUrlOf({ localstackUrl: "http://other:1" })).toBe("http://other:1");
});

test.each([
  [() => parseBackend("kinesis=moon"), "embedded, localstack, aws"],
  [() => parseBackend("sns=aws"), "kinesis, s3, lambda, sagemaker, sqs, dynamodb"],
  [() => parseNamedUrl("http://127.0.0.1:9000"), "name=http://host:port"],
  [() => parseNamedUrl("a=ftp://127.0.0.1"), "http://host:port"],
  [() => parseNamedUrl("a=nowhere"), "http://host:port"],
  [() => backendSettingsOf({ WAVETANK_S3: "embeded" }), "embedded, localstack, aws"],
])("what cannot be meant is refused with what can: %s", (parse, hint) => {
  expect(parse).toThrow(
    expect.objectContaining({ code: "ERR_USAGE", hint: expect.stringContaining(hint) }),
  );
});
