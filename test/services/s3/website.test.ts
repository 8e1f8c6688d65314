import {
  CreateBucketCommand,
  DeleteBucketWebsiteCommand,
  GetBucketWebsiteCommand,
  PutBucketWebsiteCommand,
  PutObjectCommand,
  type RoutingRule,
  S3Client,
  type WebsiteConfiguration,
} from "@aws-sdk/client-s3";
import { describe, expect, test } from "vitest";
import { startTank, type TestTank } from "../../support/tank.ts";
import { ask } from "./support/ask.ts";

const HOST = { host: "wine.s3-website.localhost:4566" };
const SITE = { IndexDocument: { Suffix: "index.html" }, ErrorDocument: { Key: "error.html" } };

const rule = (members: Partial<RoutingRule>): WebsiteConfiguration => ({
  ...SITE,
  RoutingRules: [members as RoutingRule],
});

async function startSite(configuration?: WebsiteConfiguration) {
  const tank = await startTank();
  const s3 = tank.client(S3Client);
  await s3.send(new CreateBucketCommand({ Bucket: "wine" }));
  const put = (Key: string, Body: string, ContentType = "text/html") =>
    s3.send(new PutObjectCommand({ Bucket: "wine", Key, Body, ContentType }));
  if (configuration) await configure(s3, configuration);
  return { tank, s3, put, [Symbol.asyncDispose]: () => tank.stop() };
}

const configure = (s3: S3Client, WebsiteConfiguration: WebsiteConfiguration) =>
  s3.send(new PutBucketWebsiteCommand({ Bucket: "wine", WebsiteConfiguration }));

const page = (tank: TestTank, path: string, headers: Record<string, string> = HOST) =>
  ask(tank, path, { headers });

describe("accepts", () => {
  test("a configuration is kept, shown and taken away", async () => {
    await using site = await startSite(SITE);
    expect(await site.s3.send(new GetBucketWebsiteCommand({ Bucket: "wine" }))).toMatchObject(SITE);
    await site.s3.send(new DeleteBucketWebsiteCommand({ Bucket: "wine" }));
    await expect(
      site.s3.send(new GetBucketWebsiteCommand({ Bucket: "wine" })),
    ).rejects.toMatchObject({
      name: "NoSuchWebsiteConfiguration",
      $metadata: { httpStatusCode: 404 },
    });
  });
});

describe("rejects", () => {
  test.each<[string, WebsiteConfiguration, string]>([
    ["no index document", {}, "InvalidArgument"],
    ["an index document in a folder", { IndexDocument: { Suffix: "a/b" } }, "InvalidArgument"],
    [
      "a redirect of everything beside pages",
      { ...SITE, RedirectAllRequestsTo: { HostName: "x" } },
      "InvalidArgument",
    ],
    ["a rule without redirect", rule({ Redirect: undefined }), "InvalidArgument"],
    ["an empty condition", rule({ Condition: {}, Redirect: { HostName: "x" } }), "InvalidRequest"],
    [
      "a rule for successes",
      rule({ Condition: { HttpErrorCodeReturnedEquals: "200" }, Redirect: {} }),
      "InvalidRequest",
    ],
    ["a redirect by 300", rule({ Redirect: { HttpRedirectCode: "300" } }), "InvalidRequest"],
    [
      "a redirect that replaces key and prefix",
      rule({ Redirect: { ReplaceKeyWith: "a", ReplaceKeyPrefixWith: "b" } }),
      "InvalidRequest",
    ],
    [
      "a redirect to another scheme than the web's",
      rule({ Redirect: { Protocol: "javascript" as "http" } }),
      "InvalidRequest",
    ],
  ])("%s", async (_what, configuration, name) => {
    await using site = await startSite();
    await expect(configure(site.s3, configuration)).rejects.toMatchObject({ name });
  });
});

describe("behaves", () => {
  test.each([
    ["/", HOST],
    ["/_website/wine/", {}],
    ["/_website/wine", {}],
    ["/?page=1", { host: "wine.s3-website-us-east-1.localhost:4566" }],
  ])("%s with %o is the index document", async (path, headers) => {
    await using site = await startSite(SITE);
    await site.put("index.html", "<h1>wine</h1>");
    const { status, text, headers: answered } = await page(site.tank, path, headers);
    expect({ status, text }).toEqual({ status: 200, text: "<h1>wine</h1>" });
    expect(answered["content-type"]).toBe("text/html");
  });

  test("a folder has an index document of its own, and is asked for with a slash", async () => {
    await using site = await startSite(SITE);
    await site.put("red/index.html", "red");
    expect((await page(site.tank, "/red/")).text).toBe("red");
    const redirected = await page(site.tank, "/red");
    expect(redirected).toMatchObject({ status: 302, headers: { location: "/red/" } });
    const beside = await page(site.tank, "/_website/wine/red", {});
    expect(beside.headers.location).toBe("/_website/wine/red/");
  });

  test("no path redirects to another host", async () => {
    await using site = await startSite(SITE);
    await site.put("/evil.example/index.html", "x");
    const { headers } = await page(site.tank, "/%2Fevil.example");
    expect(headers.location).toBe("/evil.example/");
  });

  test("what is missing is answered by the error document, with the error's status", async () => {
    await using site = await startSite(SITE);
    await site.put("error.html", "nothing here");
    const { status, text, headers } = await page(site.tank, "/white.html");
    expect({ status, text }).toEqual({ status: 404, text: "nothing here" });
    expect(headers["x-amz-error-code"]).toBe("NoSuchKey");
  });

  test("without error document S3's page names the key, which does not become markup", async () => {
    await using site = await startSite({ IndexDocument: { Suffix: "index.html" } });
    const { status, text, headers } = await page(site.tank, "/%3Cscript%3E");
    expect(status).toBe(404);
    expect(headers["content-type"]).toBe("text/html; charset=utf-8");
    expect(text).toContain("<h1>404 Not Found</h1>");
    expect(text).toContain("<li>Code: NoSuchKey</li>");
    expect(text).toContain("<li>Key: &lt;script&gt;</li>");
  });

  test("a missing error document is told of too", async () => {
    await using site = await startSite(SITE);
    const { text } = await page(site.tank, "/white.html");
    expect(text).toContain(
      "An Error Occurred While Attempting to Retrieve a Custom Error Document",
    );
    expect(text).toContain("<li>Key: error.html</li>");
  });

  test.each([
    ["wine", "NoSuchWebsiteConfiguration"],
    ["beer", "NoSuchBucket"],
  ])("the bucket %s that is no website answers %s", async (bucket, code) => {
    await using site = await startSite();
    const { status, text } = await page(site.tank, `/_website/${bucket}/`, {});
    expect(status).toBe(404);
    expect(text).toContain(`<li>Code: ${code}</li>`);
  });

  test("a website is only read", async () => {
    await using site = await startSite(SITE);
    const { status, text } = await ask(site.tank, "/a.html", { method: "PUT", headers: HOST });
    expect(status).toBe(405);
    expect(text).toContain("<li>Code: MethodNotAllowed</li>");
  });

  test("ranges and conditions hold for pages", async () => {
    await using site = await startSite(SITE);
    await site.put("index.html", "0123456789");
    const part = await page(site.tank, "/", { ...HOST, range: "bytes=2-4" });
    expect(part).toMatchObject({ status: 206, text: "234" });
    const { etag } = (await page(site.tank, "/")).headers;
    const again = await page(site.tank, "/", { ...HOST, "if-none-match": String(etag) });
    expect(again.status).toBe(304);
    const head = await ask(site.tank, "/", { method: "HEAD", headers: HOST });
    expect(head).toMatchObject({ status: 200, text: "", headers: { "content-length": "10" } });
  });

  test("a page of another origin, and a name that was rebound, reach no website", async () => {
    await using site = await startSite(SITE);
    await site.put("index.html", "x");
    const foreign = await page(site.tank, "/", { ...HOST, origin: "https://evil.example" });
    expect(foreign.status).toBe(403);
    const rebound = await page(site.tank, "/_website/wine/", { host: "wine.evil.example" });
    expect(rebound.status).toBe(403);
  });
});
