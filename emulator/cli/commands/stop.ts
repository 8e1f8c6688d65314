import { setTimeout as sleep } from "node:timers/promises";
import { Command } from "commander";
import { WavetankError } from "../../core/errors.ts";
import { addPortOption, tankOf } from "../find.ts";
import { outputOf } from "../options.ts";
import { runningTanks } from "../running.ts";
import { TankClient } from "../tank-client.ts";

const POLL_MS = 50;
const TIMEOUT_MS = 10_000;

export function stopCommand(): Command {
  const command = new Command("stop").description("stop a running tank and wait until it is gone");
  return addPortOption(command).action(async (flags: { port?: number }) => {
    const { url, port, pid } = tankOf(flags);
    await new TankClient(tankOf(flags)).own("POST", "/_wavetank/stop");
    const deadline = performance.now() + TIMEOUT_MS;
    while (runningTanks().some((tank) => tank.pid === pid && tank.port === port)) {
      if (performance.now() > deadline) {
        throw new WavetankError("ERR_TIMEOUT", `The tank at ${url} (pid ${pid}) has not stopped.`, {
          hint: `End it with \`kill -9 ${pid}\`.`,
        });
      }
      await sleep(POLL_MS);
    }
    outputOf(command).data({ stopped: url }, `stopped ${url}`);
  });
}
