import type { Readable } from "node:stream";
import { GetObjectCommand, ListObjectsV2Command, PutObjectCommand } from "@aws-sdk/client-s3";
import { getSignedUrl } from "@aws-sdk/s3-request-presigner";
import type { APIGatewayProxyEvent } from "aws-lambda";
import { BadFile, csvRows } from "./csv-rows.ts";
import { required } from "./environment.ts";
import { comparison, UsageTally } from "./history.ts";
import { answered, BadRequest, readUser } from "./http.ts";
import { reportPdf } from "./report-pdf.ts";
import { s3 } from "./s3-client.ts";

const LINK_SECONDS = 3600;

/** GET /generate_usage_pdf/userid/{userid}: a report of all that the user has uploaded, in S3, with a link to it. */
export function handler(event: APIGatewayProxyEvent) {
  return answered(async () => {
    const userId = readUser(event.pathParameters?.userid);
    const history = await historyOf(userId);
    if (history.months.length < 2) return { body: { message: "not enough data available" } };
    const Bucket = required("HISTORY_BUCKET");
    const Key = `pdf/${userId}_${new Date().toISOString().slice(0, 19)}.pdf`;
    const Body = await reportPdf(userId, history);
    await s3.send(new PutObjectCommand({ Bucket, Key, Body, ContentType: "application/pdf" }));
    const url = await getSignedUrl(s3, new GetObjectCommand({ Bucket, Key }), {
      expiresIn: LINK_SECONDS,
    });
    return { body: { message: "success", url, text: comparison(history), ...history } };
  });
}

async function historyOf(userId: string) {
  const Bucket = required("UPLOAD_BUCKET");
  const tally = new UsageTally();
  for (const Key of await filesOf(Bucket, userId)) {
    const { Body } = await s3.send(new GetObjectCommand({ Bucket, Key }));
    try {
      for await (const row of csvRows(Body as Readable, userId)) {
        if (!("line" in row)) tally.add(row);
      }
    } catch (error) {
      if (!(error instanceof BadFile)) throw error;
      console.warn(`${Key}: ${error.message}`);
    }
  }
  return tally.result();
}

async function filesOf(Bucket: string, userId: string): Promise<string[]> {
  const keys: string[] = [];
  let ContinuationToken: string | undefined;
  do {
    const page = await s3.send(
      new ListObjectsV2Command({ Bucket, Prefix: `${userId}_`, ContinuationToken }),
    );
    keys.push(...(page.Contents ?? []).flatMap(({ Key }) => Key ?? []));
    ContinuationToken = page.NextContinuationToken;
  } while (ContinuationToken);
  if (keys.length === 0) throw new BadRequest(`user ${userId} has uploaded nothing`, 404);
  return keys;
}
