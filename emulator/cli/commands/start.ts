import { Command } from "commander";
import { runInForeground } from "../foreground.ts";
import { addTankOptions, foregroundOptions, outputOf, type TankFlags } from "../options.ts";

export function startCommand(): Command {
  const command = new Command("start")
    .description("start a tank in the foreground and deploy templates into it")
    .argument("[template...]", "SAM or CloudFormation templates to deploy");
  return addTankOptions(command).action(async (templates: string[], flags: TankFlags) => {
    process.exitCode = await runInForeground({
      ...foregroundOptions(flags, outputOf(command)),
      templates,
      pipelines: [],
      once: false,
    });
  });
}
