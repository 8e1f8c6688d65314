import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { Sha256Node } from "@smithy/core/checksum";
import { SignatureV4 } from "@smithy/signature-v4";
import { expect, test } from "vitest";
import { Aws, endpointOf } from "../../emulator/backends/aws.ts";
import type { WireRequest } from "../../emulator/core/wire.ts";

const credentials = { accessKeyId: "AKIAREAL", secretAccessKey: "real" };

/** Plays AWS: remembers the request as it came over the wire. */
async function playAws() {
  const requests: { message: IncomingMessage; body: Buffer }[] = [];
  const server = createServer(async (message, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of message) chunks.push(chunk as Buffer);
    requests.push({ message, body: Buffer.concat(chunks) });
    response.writeHead(400, { "x-amzn-requestid": "aws" }).end('{"__type":"LimitExceeded"}');
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const endpoint = new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  const aws = new Aws({ credentials: async () => credentials, endpointOf: () => endpoint });
  return {
    aws,
    requests,
    [Symbol.asyncDispose]: async () => {
      aws.close();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

const request = (changes: Partial<WireRequest> = {}): WireRequest => ({
  method: "POST",
  path: "/",
  query: new URLSearchParams(),
  headers: {
    host: "127.0.0.1:4566",
    authorization: "AWS4-HMAC-SHA256 Credential=test/20260101/eu-west-1/kinesis/aws4_request",
    "content-type": "application/x-amz-json-1.1",
    "x-amz-date": "20260101T000000Z",
    "x-amz-target": "Kinesis_20131202.ListStreams",
  },
  body: Buffer.from("{}"),
  signal: () => new AbortController().signal,
  ...changes,
});

/** What the signature has to be, computed from what has arrived. */
async function signatureOf(
  { message, body }: { message: IncomingMessage; body: Buffer },
  { service, region }: { service: string; region: string },
): Promise<string> {
  const url = new URL(message.url ?? "/", "http://aws");
  const signed = /SignedHeaders=([^,]+)/.exec(String(message.headers.authorization))?.[1] ?? "";
  const headers = Object.fromEntries(
    signed.split(";").map((name) => [name, String(message.headers[name])]),
  );
  const date = String(message.headers["x-amz-date"]);
  const at = date.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/, "$1-$2-$3T$4:$5:$6Z");
  const signer = new SignatureV4({
    service,
    region,
    credentials,
    sha256: Sha256Node,
    uriEscapePath: service !== "s3",
  });
  const again = await signer.sign(
    {
      method: message.method ?? "",
      protocol: "http:",
      hostname: "aws",
      path: url.pathname,
      query: Object.fromEntries(url.searchParams),
      headers,
      body,
    },
    { signingDate: new Date(at) },
  );
  return String(again.headers.authorization);
}

test.each([
  ["kinesis", "eu-west-1", {}],
  [
    "s3",
    "us-east-1",
    {
      method: "GET",
      path: "/bucket/a%20b/%C3%BC",
      query: new URLSearchParams({ "list-type": "2", prefix: "a b+c" }),
      body: Buffer.alloc(0),
    },
  ],
] as const)(
  "requests for %s are signed anew with the user's own credentials",
  async (service, region, changes) => {
    await using played = await playAws();
    const answer = await played.aws.forward(request(changes), { service, region });
    expect(answer).toMatchObject({ status: 400, headers: { "x-amzn-requestid": "aws" } });
    expect(String(answer.body)).toBe('{"__type":"LimitExceeded"}');
    const [arrived] = played.requests;
    if (!arrived) throw new Error("nothing arrived");
    const { authorization, host } = arrived.message.headers;
    expect(authorization).toContain(`Credential=AKIAREAL/`);
    expect(authorization).toContain(`/${region}/${service}/aws4_request`);
    expect(host).not.toBe("127.0.0.1:4566");
    expect(authorization).toBe(await signatureOf(arrived, { service, region }));
  },
);

test("a presigned link's own signature is left out", async () => {
  await using played = await playAws();
  const query = new URLSearchParams({
    "X-Amz-Signature": "of-the-tank",
    "X-Amz-Credential": "test/20260101/us-east-1/s3/aws4_request",
    versionId: "1",
  });
  const headers = { host: "127.0.0.1:4566" };
  await played.aws.forward(request({ method: "GET", path: "/b/k", query, headers }), {
    service: "s3",
    region: "us-east-1",
  });
  expect(played.requests[0]?.message.url).toBe("/b/k?versionId=1");
});

test("endpoints are AWS's, by signing name, region and path", () => {
  const at = (service: string, region: string, path = "/") =>
    endpointOf({ service, region }, path).href;
  expect(at("kinesis", "eu-west-1")).toBe("https://kinesis.eu-west-1.amazonaws.com/");
  expect(at("sagemaker", "us-east-1")).toBe("https://api.sagemaker.us-east-1.amazonaws.com/");
  expect(at("sagemaker", "us-east-1", "/endpoints/a/invocations")).toBe(
    "https://runtime.sagemaker.us-east-1.amazonaws.com/",
  );
  expect(at("lambda", "cn-north-1")).toBe("https://lambda.cn-north-1.amazonaws.com.cn/");
});

test("without credentials the tank says how to get some", async () => {
  const aws = new Aws({ credentials: () => Promise.reject(new Error("no providers")) });
  await expect(aws.ready()).rejects.toMatchObject({
    code: "ERR_BACKEND",
    hint: expect.stringContaining("aws configure"),
  });
});
