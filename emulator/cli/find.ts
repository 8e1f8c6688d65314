import { type Command, Option } from "commander";
import { portNumber } from "./options.ts";
import { findTank, type RunningTank } from "./running.ts";

/** The option of every command that talks to a running tank. */
export function addPortOption(command: Command): Command {
  return command.addOption(
    new Option("-p, --port <number>", "the tank on this port; the newest when absent").argParser(
      portNumber,
    ),
  );
}

export function tankOf({ port }: { port?: number }): RunningTank {
  return findTank(port);
}
