import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DynamoDBClient, paginateScan } from "@aws-sdk/client-dynamodb";
import {
  GetFunctionConfigurationCommand,
  LambdaClient,
  UpdateFunctionCodeCommand,
  UpdateFunctionConfigurationCommand,
  waitUntilFunctionUpdatedV2,
} from "@aws-sdk/client-lambda";
import { ListObjectsV2Command, PutObjectCommand, S3Client } from "@aws-sdk/client-s3";
import { packageRoot } from "../../emulator/pipelines/pipeline.ts";
import { csvOf, powerReadings } from "../../fixtures/power-usage/generate.ts";
import { startTank, type TestTank } from "../support/tank.ts";
import { throttlingProxy } from "../support/throttling-proxy.ts";

/** What became of rows that went through power-usage while writes were refused and a consumer crashed. */
export interface Losses {
  /** Distinct rows in the table. */
  readonly stored: number;
  /** Rows that the consumer saw for the first time after a later row of their user. */
  readonly outOfOrder: number;
  /** Records that the stream refused: more than its shard takes in a second. */
  readonly recordsRefused: number;
  /** Writes of the consumer to its table, and those of them that were refused. */
  readonly writes: number;
  readonly writesRefused: number;
  readonly crashes: number;
  /** Kept in the bucket of failed records. */
  readonly givenUp: number;
}

const CONSUMER = "power-usage-to-table";

/**
 * Uploads a file for each user at once. The shard keeps to its 1,000 records a second, of the table's writes one in
 * ten is refused, and the consumer ends its process in the middle of every so-manieth batch.
 */
export async function losses({
  users,
  rowsOfEach,
  crashEvery,
}: {
  users: number;
  rowsOfEach: number;
  crashEvery: number;
}): Promise<Losses> {
  await using tank = await startTank();
  await tank.deploy(join(packageRoot(), "handlers/power-usage/template.yaml"));
  await using proxy = await throttlingProxy(tank.url, { oneIn: 10 });
  using _ = await crashing(tank, { crashEvery, tableUrl: proxy.url });

  let recordsRefused = 0;
  let crashes = 0;
  let outOfOrder = 0;
  const seen = new Map<string, { times: Set<number>; lastMs: number }>();
  const complete = new Promise<void>((resolve) => {
    let rows = 0;
    tank.events.on((event) => {
      if (event.type === "request" && event.operation === "PutRecords") {
        recordsRefused += Number(/(\d+) throttled/.exec(event.detail)?.[1] ?? 0);
      }
      if (!("functionName" in event) || event.functionName !== CONSUMER) return;
      if (event.type === "invocation" && event.outcome === "error") crashes += 1;
      if (event.type !== "print") return;
      for (const [user, ms] of handledRows(event.line)) {
        const ofUser = seen.get(user) ?? { times: new Set(), lastMs: 0 };
        seen.set(user, ofUser);
        if (ofUser.times.has(ms)) continue;
        if (ms < ofUser.lastMs) outOfOrder += 1;
        ofUser.times.add(ms);
        ofUser.lastMs = Math.max(ofUser.lastMs, ms);
        rows += 1;
      }
      if (rows === users * rowsOfEach) resolve();
    });
  });

  await Promise.all(Array.from({ length: users }, (_, user) => upload(tank, { user, rowsOfEach })));
  await complete;
  return {
    // Nothing is waited for: the consumer tells of rows that it has written.
    stored: await storedRows(tank),
    outOfOrder,
    recordsRefused,
    writes: proxy.writes,
    writesRefused: proxy.refused,
    crashes,
    givenUp: await givenUp(tank),
  };
}

/** Years apart, since the table's keys are days and minutes. */
async function upload(
  tank: TestTank,
  { user, rowsOfEach }: { user: number; rowsOfEach: number },
): Promise<void> {
  const from = `${2001 + user}-01-01T00:00:00`;
  await tank.client(S3Client).send(
    new PutObjectCommand({
      Bucket: "s3datastreaming-000000000000-us-east-1",
      Key: `${user}_readings.csv`,
      Body: csvOf(powerReadings({ seed: user + 1, count: rowsOfEach, from })),
    }),
  );
}

async function storedRows(tank: TestTank): Promise<number> {
  let rows = 0;
  const client = tank.client(DynamoDBClient);
  for await (const { Count = 0 } of paginateScan({ client }, { TableName: "ConsumerTable" })) {
    rows += Count;
  }
  return rows;
}

async function givenUp(tank: TestTank): Promise<number> {
  const Bucket = "power-usage-failed-records-000000000000-us-east-1";
  const { KeyCount = 0 } = await tank.client(S3Client).send(new ListObjectsV2Command({ Bucket }));
  return KeyCount;
}

const HANDLED = "handled ";

/** User and time of each row that a line of the consumer's log tells of. */
function handledRows(line: string): [user: string, ms: number][] {
  const [, rows] = line.split(HANDLED);
  return rows === undefined ? [] : JSON.parse(rows);
}

/** Puts code around the shipped consumer that ends its process halfway through every so-manieth batch. */
async function crashing(
  tank: TestTank,
  { crashEvery, tableUrl }: { crashEvery: number; tableUrl: string },
): Promise<Disposable> {
  const handlers = join(packageRoot(), "handlers/power-usage");
  const folder = mkdtempSync(join(tmpdir(), "wavetank-crashing-"));
  writeFileSync(
    join(folder, "crashing.ts"),
    `import { readBatch, timeOf } from ${JSON.stringify(join(handlers, "power-record.ts"))};
    import { handler as toTable } from ${JSON.stringify(join(handlers, "to-table.ts"))};
    let batches = 0;
    async function handle(Records) {
      const answer = await toTable({ Records });
      const rows = readBatch(Records).rows.map((row) => [row.user_id, timeOf(row)]);
      console.log("${HANDLED}" + JSON.stringify(rows));
      return answer;
    }
    export async function handler({ Records }) {
      batches += 1;
      if (batches < ${crashEvery}) return await handle(Records);
      await handle(Records.slice(0, Math.ceil(Records.length / 2)));
      process.exit(1);
    }`,
  );
  const lambda = tank.client(LambdaClient);
  const FunctionName = CONSUMER;
  const { Environment } = await lambda.send(new GetFunctionConfigurationCommand({ FunctionName }));
  const Variables = { ...Environment?.Variables, AWS_ENDPOINT_URL_DYNAMODB: tableUrl };
  const settings = { FunctionName, Handler: "crashing.handler", Environment: { Variables } };
  await lambda.send(new UpdateFunctionConfigurationCommand(settings));
  await waitUntilFunctionUpdatedV2({ client: lambda, maxWaitTime: 60 }, { FunctionName });
  const code = { FunctionName, S3Bucket: "hot-reload", S3Key: folder };
  await lambda.send(new UpdateFunctionCodeCommand(code));
  await waitUntilFunctionUpdatedV2({ client: lambda, maxWaitTime: 60 }, { FunctionName });
  return { [Symbol.dispose]: () => rmSync(folder, { recursive: true, force: true }) };
}
