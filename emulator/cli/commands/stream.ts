import { Command } from "commander";
import { streamPutCommand } from "./stream-put.ts";
import { streamTailCommand } from "./stream-tail.ts";

export function streamCommand(): Command {
  return new Command("stream")
    .description("put records on a stream, or watch what arrives")
    .addCommand(streamPutCommand())
    .addCommand(streamTailCommand());
}
