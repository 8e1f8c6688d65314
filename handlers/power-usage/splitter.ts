import type { Readable } from "node:stream";
import { GetObjectCommand } from "@aws-sdk/client-s3";
import type { S3Event } from "aws-lambda";
import { BadFile, type BrokenLine, csvRows } from "./csv-rows.ts";
import { required } from "./environment.ts";
import { s3 } from "./s3-client.ts";
import { TelemetryStream } from "./telemetry-stream.ts";

/** What became of an uploaded file. */
export interface Split {
  readonly file: string;
  readonly user_id: string;
  /** Rows put on the stream. */
  readonly rows: number;
  /** Date and time of the last of them, as the file has them: where it stops. */
  readonly last_reading: string;
  readonly broken: number;
  /** The first of them. */
  readonly broken_lines: readonly BrokenLine[];
}

const BROKEN_LINES_TOLD = 20;

/** Puts the rows of each uploaded file on telemetry-power-consumption, one record a row. */
export async function handler(event: S3Event): Promise<Split[]> {
  const splits: Split[] = [];
  for (const { s3: notified } of event.Records) {
    // Keys of notifications are encoded as in a form.
    const key = decodeURIComponent(notified.object.key.replaceAll("+", " "));
    const { Body } = await s3.send(
      new GetObjectCommand({ Bucket: notified.bucket.name, Key: key }),
    );
    splits.push(await split(key, Body as Readable));
  }
  return splits;
}

/** Reads the file while it arrives. A broken line is told by its number, and the rest goes on. */
async function split(file: string, body: Readable): Promise<Split> {
  const stream = new TelemetryStream(required("STREAM_NAME"));
  const user_id = userOf(file);
  const broken_lines: BrokenLine[] = [];
  let rows = 0;
  let last_reading = "";
  let broken = 0;
  for await (const row of csvRows(body, user_id)) {
    if (!("line" in row)) {
      await stream.put(row);
      rows += 1;
      last_reading = `${row.Date} ${row.Time}`;
      continue;
    }
    broken += 1;
    if (broken > BROKEN_LINES_TOLD) continue;
    broken_lines.push(row);
    console.warn(`${file}, line ${row.line}: ${row.problem}`);
  }
  await stream.flush();
  if (rows === 0) throw new BadFile(`${file} holds no reading`);
  console.log(`${file}: ${rows} rows put, the last of ${last_reading}; ${broken} broken lines`);
  return { file, user_id, rows, last_reading, broken, broken_lines };
}

/** `1234_december.csv` is of user 1234. */
export function userOf(key: string): string {
  const user = /^([^_/]+)_/.exec(key)?.[1];
  if (!user) throw new BadFile(`${key} names no user: call it <user>_<file>`);
  return user;
}
