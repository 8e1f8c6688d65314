import { readFileSync } from "node:fs";
import { Command } from "commander";
import { messageOf, WavetankError } from "../../core/errors.ts";
import { addPortOption, tankOf } from "../find.ts";
import { outputOf } from "../options.ts";
import { TankClient } from "../tank-client.ts";

export function invokeCommand(): Command {
  const command = new Command("invoke")
    .description("invoke a function; its result goes to stdout, its log to stderr")
    .argument("<function>", "name or ARN")
    .option("--event <file>", "the event, a JSON file; - reads stdin", "")
    .option("--payload <json>", "the event itself");
  type Flags = { port?: number; event: string; payload?: string };
  return addPortOption(command).action(async (functionName: string, flags: Flags) => {
    const output = outputOf(command);
    const event = eventOf(flags);
    const { payload, functionError, log } = await new TankClient(tankOf(flags)).invoke(
      functionName,
      event,
    );
    output.note(log.trimEnd());
    if (functionError !== undefined) {
      throw new WavetankError("ERR_INVOKE", `${functionName} failed: ${payload}`, {
        hint: "Its log is above.",
      });
    }
    output.data(parsed(payload), payload);
  });
}

function eventOf({ event, payload }: { event: string; payload?: string }): string {
  const text = payload ?? (event === "" ? "{}" : read(event));
  try {
    JSON.parse(text);
    return text;
  } catch (cause) {
    throw new WavetankError("ERR_USAGE", `The event is not JSON: ${messageOf(cause)}`, {
      hint: "Give a file with --event event.json, or the event itself with --payload '{\"key\": 1}'.",
      cause,
    });
  }
}

function read(file: string): string {
  try {
    return readFileSync(file === "-" ? 0 : file, "utf8");
  } catch (cause) {
    throw new WavetankError("ERR_USAGE", `${file} cannot be read: ${messageOf(cause)}`, {
      hint: "--event takes a path to a JSON file.",
      cause,
    });
  }
}

function parsed(payload: string): object {
  try {
    return { payload: JSON.parse(payload) };
  } catch {
    return { payload };
  }
}
