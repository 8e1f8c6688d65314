import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { GetBucketCorsCommand, S3Client } from "@aws-sdk/client-s3";
import { afterAll, expect, test } from "vitest";
import { deploy } from "../../emulator/template/deploy.ts";
import { startTank } from "../support/tank.ts";
import { templateOf } from "./reading.ts";

const folder = mkdtempSync(join(tmpdir(), "wavetank-site-"));
afterAll(() => rmSync(folder, { recursive: true }));
mkdirSync(join(folder, "site", "assets"), { recursive: true });
writeFileSync(join(folder, "site", "index.html"), "<h1>wine</h1>");
writeFileSync(join(folder, "site", "assets", "app.js"), "export {};");
writeFileSync(join(folder, "site", ".secret"), "no");

const TEMPLATE = `
Resources:
  Site:
    Type: AWS::S3::Bucket
    Metadata:
      Wavetank:
        Upload:
          - Folder: site
          - { Key: old/, Folder: site }
          - { Key: config.js, Text: !Sub "https://\${Api}.execute-api.us-east-1.amazonaws.com/v1" }
    Properties:
      BucketName: wine
      WebsiteConfiguration: { IndexDocument: index.html, ErrorDocument: error.html }
      CorsConfiguration:
        CorsRules:
          - Id: page
            AllowedOrigins: [https://wine.example]
            AllowedMethods: [GET]
            AllowedHeaders: ["*"]
            ExposedHeaders: [ETag]
            MaxAge: 60
  Readable:
    Type: AWS::S3::BucketPolicy
    Properties: { Bucket: !Ref Site, PolicyDocument: { Statement: [] } }
  Api: { Type: AWS::ApiGatewayV2::Api, Properties: { Name: api, ProtocolType: HTTP } }
Outputs:
  Api: { Value: !Ref Api }
  Policy: { Value: !Ref Readable }
  Url: { Value: !GetAtt Site.WebsiteURL }`;

test("a template's website is served from its folder, each file with its type", async () => {
  await using tank = await startTank();
  const stack = await deploy(templateOf(TEMPLATE, folder), { stackName: "wine", api: tank });
  const page = (path: string) => fetch(`${tank.url}/_website/wine/${path}`);
  const index = await page("");
  expect(index.headers.get("content-type")).toBe("text/html");
  expect(await index.text()).toBe("<h1>wine</h1>");
  expect((await page("old/assets/app.js")).headers.get("content-type")).toBe("text/javascript");
  expect((await page(".secret")).status).toBe(404);
  expect(await (await page("config.js")).text()).toBe(`${tank.url}/_api/${stack.outputs.Api}/v1`);
  expect(stack.outputs.Policy).toBe("wine");
  expect(tank.localUrls(stack.outputs.Url ?? "")).toBe(
    `http://wine.s3-website.localhost:${tank.port}`,
  );
  const { CORSRules } = await tank
    .client(S3Client)
    .send(new GetBucketCorsCommand({ Bucket: "wine" }));
  expect(CORSRules).toEqual([
    {
      ID: "page",
      AllowedOrigins: ["https://wine.example"],
      AllowedMethods: ["GET"],
      AllowedHeaders: ["*"],
      ExposeHeaders: ["ETag"],
      MaxAgeSeconds: 60,
    },
  ]);
  await stack.delete();
  expect((await page("")).status).toBe(404);
});
