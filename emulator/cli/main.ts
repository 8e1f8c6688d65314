import { Command, CommanderError } from "commander";
import { config as dotenv } from "dotenv";
import { messageOf, WavetankError } from "../core/errors.ts";
import { version } from "../version.ts";
import { deleteCommand } from "./commands/delete.ts";
import { demoCommand } from "./commands/demo.ts";
import { deployCommand } from "./commands/deploy.ts";
import { doctorCommand } from "./commands/doctor.ts";
import { envCommand } from "./commands/env.ts";
import { invokeCommand } from "./commands/invoke.ts";
import { startCommand } from "./commands/start.ts";
import { statusCommand } from "./commands/status.ts";
import { stopCommand } from "./commands/stop.ts";
import { streamCommand } from "./commands/stream.ts";
import { waitCommand } from "./commands/wait.ts";
import { exitCodeOf, exitCodes } from "./exit-codes.ts";
import { createOutput } from "./output.ts";

// Variables of the shell win over those of the files, and .env.local over .env.
dotenv({ path: [".env.local", ".env"], quiet: true });

const program = new Command("wavetank")
  .description("A local testbed for streaming-ML pipelines on AWS.")
  .version(version())
  .option("--json", "print data as JSON only, errors too")
  .option("--no-color", "print without colours (NO_COLOR does the same)")
  .option("--debug", "show stack traces")
  .addHelpText(
    "before",
    `Examples:
  $ wavetank demo                          # the sample pipelines, with predictions to look at
  $ wavetank start template.yaml           # your own template
`,
  )
  .addCommand(startCommand())
  .addCommand(demoCommand())
  .addCommand(deployCommand())
  .addCommand(deleteCommand())
  .addCommand(statusCommand())
  .addCommand(waitCommand())
  .addCommand(envCommand())
  .addCommand(invokeCommand())
  .addCommand(streamCommand())
  .addCommand(stopCommand())
  .addCommand(doctorCommand());

for (const command of [program, ...allCommands(program)]) {
  command.exitOverride().showSuggestionAfterError().showHelpAfterError("(see --help)");
}
// Under exitOverride an unknown option would print plain text even where JSON was asked for.
const wantsJson = process.argv.includes("--json");
if (wantsJson) for (const command of [program, ...allCommands(program)]) silenceErrors(command);

try {
  await program.parseAsync();
} catch (error) {
  process.exitCode = report(error);
}

function report(error: unknown): number {
  if (error instanceof CommanderError) {
    if (error.exitCode === 0) return exitCodes.done;
    if (wantsJson) fail({ code: "ERR_USAGE", message: error.message, hint: "See --help." });
    return exitCodes.usage;
  }
  const isOurs = error instanceof WavetankError;
  const code = isOurs ? error.code : "ERR_INTERNAL";
  const hint = isOurs
    ? error.hint
    : "This is a bug in Wavetank. Run again with --debug and report it.";
  const message = messageOf(error);
  if (wantsJson) fail({ code, message, hint });
  else {
    const { style } = createOutput({ json: false, color: !process.argv.includes("--no-color") });
    process.stderr.write(`${style("red", "✘")} ${message}\n  ${hint}\n`);
  }
  if (error instanceof Error && (process.argv.includes("--debug") || !isOurs)) {
    process.stderr.write(`${error.stack}\n`);
  }
  return exitCodeOf(error);
}

function fail(error: { code: string; message: string; hint: string }): void {
  process.stdout.write(`${JSON.stringify({ error })}\n`);
}

function silenceErrors(command: Command): void {
  command.configureOutput({ writeErr: () => {}, outputError: () => {} });
}

function allCommands(parent: Command): Command[] {
  return parent.commands.flatMap((command) => [
    command as Command,
    ...allCommands(command as Command),
  ]);
}
