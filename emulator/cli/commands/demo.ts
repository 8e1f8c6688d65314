import { Command, InvalidArgumentError } from "commander";
import { selectPipelines } from "../../pipelines/pipeline.ts";
import { runInForeground } from "../foreground.ts";
import {
  addTankOptions,
  durationMs,
  foregroundOptions,
  outputOf,
  type TankFlags,
} from "../options.ts";

export function demoCommand(): Command {
  const command = new Command("demo")
    .description(
      "start a tank, deploy sample pipelines, play their records and show the predictions",
    )
    .argument(
      "[pipeline...]",
      "which of the pipelines that come with Wavetank; all when none is named",
    )
    .option("--once", "end after the predictions")
    .option("--rate <n/s>", "play generated records, so many a second", ratePerSecond)
    .option("--duration <duration>", "how long, with --rate: 30s, 2m", durationMs, 60_000);
  type Flags = TankFlags & { once?: boolean; rate?: number; duration: number };
  return addTankOptions(command).action(async (names: string[], flags: Flags) => {
    const pipelines = selectPipelines(names);
    process.exitCode = await runInForeground({
      ...foregroundOptions(flags, outputOf(command)),
      templates: pipelines.map(({ templateFile }) => templateFile),
      pipelines,
      once: flags.once ?? false,
      ...(flags.rate !== undefined && { steady: { rate: flags.rate, durationMs: flags.duration } }),
    });
  });
}

function ratePerSecond(text: string): number {
  const rate = Number(/^(\d+(?:\.\d+)?)(\/s)?$/.exec(text)?.[1]);
  if (rate > 0) return rate;
  throw new InvalidArgumentError("Write it as 50/s.");
}
