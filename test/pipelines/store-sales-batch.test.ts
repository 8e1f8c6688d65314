import { join } from "node:path";
import { GetObjectCommand, NoSuchKey, PutObjectCommand, S3Client } from "@aws-sdk/client-s3";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { packageRoot } from "../../emulator/pipelines/pipeline.ts";
import { startTank, type TestTank, until } from "../support/tank.ts";

let tank: TestTank;
let s3: S3Client;
let api = "";

beforeAll(async () => {
  tank = await startTank();
  const { outputs } = await tank.deploy(join(packageRoot(), "handlers/store-sales/template.yaml"));
  s3 = tank.client(S3Client);
  api = tank.localUrls(outputs.Api ?? "");
});
afterAll(() => tank.stop());

const HEADER = "id,date,store_nbr,family,onpromotion\n";

async function upload(Key: string, Body: string | Buffer): Promise<void> {
  const Bucket = "store-sales-uploads-000000000000-us-east-1";
  await s3.send(new PutObjectCommand({ Bucket, Key, Body }));
}

/** What the other bucket holds under a key, once it does. */
function written(Key: string): Promise<string> {
  const Bucket = "store-sales-forecasts-000000000000-us-east-1";
  return until(
    async () => {
      try {
        const { Body } = await s3.send(new GetObjectCommand({ Bucket, Key }));
        return await Body?.transformToString();
      } catch (error) {
        if (error instanceof NoSuchKey) return undefined;
        throw error;
      }
    },
    { timeoutMs: 60_000 },
  );
}

const linesOf = (text: string) => text.trim().split("\n");

describe("a file in the bucket of uploads", () => {
  test("of all stores and families is forecast in one run, as the API forecasts them", async () => {
    const upcoming = await fetch(`${api}/upcoming.csv`);
    await upload("upcoming.csv", await upcoming.text());
    const lines = linesOf(await written("forecasts/upcoming.csv.out"));
    expect(lines).toHaveLength(33 * 54 * 16);
    const answer = await fetch(`${api}/predict`, { method: "POST" });
    const { Submission } = (await answer.json()) as { Submission: { id: number; sales: number }[] };
    const differing = lines.filter((line, index) => {
      const [id, sales] = line.split(",").map(Number);
      const wanted = Submission[index];
      if (!wanted || id !== wanted.id) return true;
      return Math.abs(Number(sales) - wanted.sales) > 1e-3 * Math.max(1, wanted.sales);
    });
    expect(differing).toEqual([]);
  }, 90_000);

  test("with a bad line loses that line alone, and says which", async () => {
    const good = "5,2017-08-20,3,BREAD/BAKERY,1\n";
    await upload("week 1.csv", `${HEADER}${good}6,2017-08-20,77,EGGS,0\n`);
    const [line = ""] = linesOf(await written("forecasts/week 1.csv.out"));
    expect(line).toMatch(/^5,\d+(\.\d+)?$/);
    expect(await written("rejected/week 1.txt")).toBe(
      'line 3: there is no store "77": stores are 1 to 54\n',
    );
  });

  test("that breaks off, with bytes that are no text, loses those lines alone", async () => {
    const lines = [
      "5,2017-08-20,3,BREAD/BAKERY,1",
      "6,2017-08-20,4,EG\xffS,0",
      "7,2017-08-20,5,EG",
    ];
    await upload("cut.csv", Buffer.from(HEADER + lines.join("\n"), "latin1"));
    expect(linesOf(await written("forecasts/cut.csv.out"))).toHaveLength(1);
    expect(linesOf(await written("rejected/cut.txt"))).toEqual([
      'line 3: there is no family "EG\ufffdS"',
      "line 4: it has 4 of 5 columns: the line may have been cut off",
    ]);
  });

  test.each([
    ["empty", "", "the file is empty\n"],
    ["headers", HEADER, "the file has no line to forecast\n"],
    ["large", Buffer.alloc(20_000_001, "x"), "the file is larger than 20000000 bytes: split it\n"],
  ])("called %s is refused in words", async (name, body, reason) => {
    await upload(`${name}.csv`, body);
    expect(await written(`rejected/${name}.txt`)).toBe(reason);
  });

  test("that is no list of days to forecast is refused in words", async () => {
    await upload("oil.csv", "date,dcoilwtico\n2013-01-02,93.14\n");
    expect(await written("rejected/oil.txt")).toBe(
      "the columns id, store_nbr, family, onpromotion are missing; the first line is date,dcoilwtico\n",
    );
  });
});
