import { readFileSync } from "node:fs";
import { Command } from "commander";
import { messageOf, WavetankError } from "../../core/errors.ts";
import { addPortOption, tankOf } from "../find.ts";
import { outputOf } from "../options.ts";
import { TankClient } from "../tank-client.ts";

// https://docs.aws.amazon.com/kinesis/latest/APIReference/API_PutRecords.html
const MAX_RECORDS_PER_CALL = 500;

interface Entry {
  Data: string;
  PartitionKey: string;
}

interface PutResult {
  Records: {
    SequenceNumber?: string;
    ShardId?: string;
    ErrorCode?: string;
    ErrorMessage?: string;
  }[];
}

export function streamPutCommand(): Command {
  const command = new Command("put")
    .description("put a record, or a file with one record a line")
    .argument("<stream>")
    .argument("[data]", "the record")
    .option("--file <path>", "one record a line; - reads stdin")
    .option("--key <text>", "partition key; records of a file get their line number without it");
  type Flags = { port?: number; file?: string; key?: string };
  return addPortOption(command).action(
    async (stream: string, data: string | undefined, flags: Flags) => {
      const output = outputOf(command);
      const client = new TankClient(tankOf(flags));
      const entries = entriesOf(data, flags);
      for (let start = 0; start < entries.length; start += MAX_RECORDS_PER_CALL) {
        const Records = entries.slice(start, start + MAX_RECORDS_PER_CALL);
        const result = await client.kinesis<PutResult>("PutRecords", {
          StreamName: stream,
          Records,
        });
        for (const { SequenceNumber, ShardId, ErrorCode, ErrorMessage } of result.Records) {
          if (ErrorCode) {
            throw new WavetankError("ERR_REQUEST", `${ErrorCode}: ${ErrorMessage}`, {
              hint: "Put fewer records a second, or start the tank with --limits off.",
            });
          }
          output.data({ ShardId, SequenceNumber }, `${ShardId}  ${SequenceNumber}`);
        }
      }
    },
  );
}

function entriesOf(
  data: string | undefined,
  { file, key }: { file?: string; key?: string },
): Entry[] {
  if ((data === undefined) === (file === undefined)) {
    throw new WavetankError("ERR_USAGE", "Give either a record or --file.", {
      hint: "For example: wavetank stream put ride_events '{\"ride_id\": 1}' --key 1",
    });
  }
  const lines = data !== undefined ? [data] : readLines(file as string);
  return lines.map((line, index) => ({
    Data: Buffer.from(line).toString("base64"),
    PartitionKey: key ?? String(index + 1),
  }));
}

function readLines(file: string): string[] {
  try {
    const text = readFileSync(file === "-" ? 0 : file, "utf8");
    return text.split("\n").filter((line) => line.trim() !== "");
  } catch (cause) {
    throw new WavetankError("ERR_USAGE", `${file} cannot be read: ${messageOf(cause)}`, {
      hint: "--file takes a path to a text file with one record a line.",
      cause,
    });
  }
}
