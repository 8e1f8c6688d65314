import { setTimeout as sleep } from "node:timers/promises";
import { Command } from "commander";
import { WavetankError } from "../../core/errors.ts";
import { addPortOption, tankOf } from "../find.ts";
import { durationMs, outputOf } from "../options.ts";
import { TankClient } from "../tank-client.ts";

const POLL_MS = 100;

export function waitCommand(): Command {
  const command = new Command("wait")
    .description("wait until a tank is ready: deployed, its models warm")
    .option("--timeout <duration>", "how long at most: 500ms, 30s, 2m", durationMs, 30_000);
  return addPortOption(command).action(async (flags: { port?: number; timeout: number }) => {
    const deadline = performance.now() + flags.timeout;
    for (;;) {
      const url = await readyUrl(flags);
      if (url) return outputOf(command).data({ ready: true, url }, `ready: ${url}`);
      if (performance.now() > deadline) {
        throw new WavetankError("ERR_TIMEOUT", `No tank was ready within ${flags.timeout} ms.`, {
          hint: "See what its own terminal says, or allow more with --timeout 60s.",
        });
      }
      await sleep(POLL_MS);
    }
  });
}

async function readyUrl(flags: { port?: number }): Promise<string | undefined> {
  try {
    const tank = tankOf(flags);
    const { status } = await new TankClient(tank).own("GET", "/_wavetank/health");
    return status === 200 ? tank.url : undefined;
  } catch (error) {
    if (error instanceof WavetankError) return undefined;
    throw error;
  }
}
