import { Command } from "commander";
import { selectPipelines } from "../../pipelines/pipeline.ts";
import { runInForeground } from "../foreground.ts";
import { addTankOptions, foregroundOptions, outputOf, type TankFlags } from "../options.ts";

export function demoCommand(): Command {
  const command = new Command("demo")
    .description(
      "start a tank, deploy sample pipelines, play their records and show the predictions",
    )
    .argument(
      "[pipeline...]",
      "which of the pipelines that come with Wavetank; all when none is named",
    )
    .option("--once", "end after the predictions");
  type Flags = TankFlags & { once?: boolean };
  return addTankOptions(command).action(async (names: string[], flags: Flags) => {
    const pipelines = selectPipelines(names);
    process.exitCode = await runInForeground({
      ...foregroundOptions(flags, outputOf(command)),
      templates: pipelines.map(({ templateFile }) => templateFile),
      pipelines,
      once: flags.once ?? false,
    });
  });
}
