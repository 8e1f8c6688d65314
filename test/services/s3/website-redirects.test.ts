import {
  CopyObjectCommand,
  CreateBucketCommand,
  GetBucketWebsiteCommand,
  GetObjectCommand,
  PutBucketWebsiteCommand,
  PutObjectCommand,
  S3Client,
  type WebsiteConfiguration,
} from "@aws-sdk/client-s3";
import { expect, test } from "vitest";
import { startTank } from "../../support/tank.ts";
import { ask } from "./support/ask.ts";

const Bucket = "wine";
const HOST = "wine.s3-website.localhost:4566";
const SITE = { IndexDocument: { Suffix: "index.html" } };

async function startSite(WebsiteConfiguration: WebsiteConfiguration) {
  const tank = await startTank();
  const s3 = tank.client(S3Client);
  await s3.send(new CreateBucketCommand({ Bucket }));
  await s3.send(new PutBucketWebsiteCommand({ Bucket, WebsiteConfiguration }));
  const visit = async (path: string, headers: Record<string, string> = { host: HOST }) => {
    const answered = await ask(tank, path, { headers });
    return [answered.status, answered.headers.location ?? answered.text];
  };
  return { s3, visit, [Symbol.asyncDispose]: () => tank.stop() };
}

const put = (s3: S3Client, Key: string, WebsiteRedirectLocation?: string) =>
  s3.send(new PutObjectCommand({ Bucket, Key, Body: Key, WebsiteRedirectLocation }));

test("a redirect of everything keeps path and query, and chooses the scheme", async () => {
  const RedirectAllRequestsTo = { HostName: "beer.example", Protocol: "https" } as const;
  await using site = await startSite({ RedirectAllRequestsTo });
  await put(site.s3, "a.html");
  expect(await site.visit("/a%20b.html?x=1")).toEqual([301, "https://beer.example/a%20b.html?x=1"]);
  expect(await site.visit("/_website/wine/a.html", {})).toEqual([
    301,
    "https://beer.example/a.html",
  ]);
  expect(await site.s3.send(new GetBucketWebsiteCommand({ Bucket }))).toMatchObject({
    RedirectAllRequestsTo,
  });
});

const RULES: WebsiteConfiguration = {
  ...SITE,
  RoutingRules: [
    { Condition: { KeyPrefixEquals: "old/" }, Redirect: { ReplaceKeyPrefixWith: "new/" } },
    {
      Condition: { KeyPrefixEquals: "shop/" },
      Redirect: { HostName: "shop.example", HttpRedirectCode: "302", ReplaceKeyPrefixWith: "" },
    },
    {
      Condition: { KeyPrefixEquals: "app/", HttpErrorCodeReturnedEquals: "404" },
      Redirect: { ReplaceKeyWith: "index.html" },
    },
    {
      Condition: { HttpErrorCodeReturnedEquals: "404" },
      Redirect: { HostName: "archive.example", Protocol: "https" },
    },
  ],
};

test("the first rule for a key applies, and those for an error only once it is there", async () => {
  await using site = await startSite(RULES);
  for (const key of ["old/a.html", "app/a.html", "b.html"]) await put(site.s3, key);
  expect(await site.visit("/old/a.html")).toEqual([301, "/new/a.html"]);
  expect(await site.visit("/_website/wine/old/a.html", {})).toEqual([
    301,
    "/_website/wine/new/a.html",
  ]);
  expect(await site.visit("/shop/red/1")).toEqual([302, "http://shop.example/red/1"]);
  expect(await site.visit("/app/a.html")).toEqual([200, "app/a.html"]);
  expect(await site.visit("/app/route")).toEqual([301, "/index.html"]);
  expect(await site.visit("/b.html")).toEqual([200, "b.html"]);
  expect(await site.visit("/c.html")).toEqual([301, "https://archive.example/c.html"]);
  const { RoutingRules } = await site.s3.send(new GetBucketWebsiteCommand({ Bucket }));
  expect(RoutingRules).toEqual(RULES.RoutingRules);
});

test("a key that begins with slashes names no other host", async () => {
  await using site = await startSite({
    ...SITE,
    RoutingRules: [
      { Condition: { KeyPrefixEquals: "go" }, Redirect: { ReplaceKeyPrefixWith: "" } },
    ],
  });
  expect(await site.visit("/go//evil.example")).toEqual([301, "/evil.example"]);
});

test("a rule of a scheme alone stays at the host that was asked", async () => {
  await using site = await startSite({
    ...SITE,
    RoutingRules: [{ Redirect: { Protocol: "https" } }],
  });
  expect(await site.visit("/a")).toEqual([301, `https://${HOST}/a`]);
});

test("an object may send its visitors on; its API gives it, and a copy does not take that over", async () => {
  await using site = await startSite(SITE);
  const { s3 } = site;
  await put(s3, "moved.html", "https://beer.example/");
  expect(await site.visit("/moved.html")).toEqual([301, "https://beer.example/"]);
  const object = await s3.send(new GetObjectCommand({ Bucket, Key: "moved.html" }));
  expect(object.WebsiteRedirectLocation).toBe("https://beer.example/");
  await s3.send(
    new CopyObjectCommand({ Bucket, Key: "copy.html", CopySource: `${Bucket}/moved.html` }),
  );
  expect(await site.visit("/copy.html")).toEqual([200, "moved.html"]);
  await expect(put(s3, "x", "javascript:alert(1)")).rejects.toMatchObject({
    name: "InvalidRedirectLocation",
  });
});
