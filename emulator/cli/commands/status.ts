import { Command } from "commander";
import type { TankStatus } from "../../wavetank.ts";
import { addPortOption, tankOf } from "../find.ts";
import { outputOf } from "../options.ts";
import { TankClient } from "../tank-client.ts";

export function statusCommand(): Command {
  const command = new Command("status").description("show what a running tank holds");
  return addPortOption(command).action(async (flags: { port?: number }) => {
    const output = outputOf(command);
    const tank = tankOf(flags);
    const { body } = await new TankClient(tank).own<TankStatus>("GET", "/_wavetank/status");
    const lines = Object.entries(body.services).flatMap(([service, { state, resources }]) => [
      `${output.style("bold", service.padEnd(20))} ${state}`,
      ...resources.map(
        (resource) => `  ${resource.type.padEnd(18)} ${resource.name.padEnd(36)} ${resource.state}`,
      ),
    ]);
    const title = `${tank.url}  ${body.status}  (pid ${tank.pid}, wavetank ${tank.version})`;
    output.data({ url: tank.url, pid: tank.pid, ...body }, [title, "", ...lines].join("\n"));
  });
}
