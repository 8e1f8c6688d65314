import { Command, Option } from "commander";
import { environmentFor } from "../../core/client-settings.ts";
import { type EnvironmentFormat, environmentFormats, formatEnvironment } from "../environment.ts";
import { addPortOption, tankOf } from "../find.ts";
import { outputOf } from "../options.ts";

export function envCommand(): Command {
  const command = new Command("env")
    .description('print what AWS clients need to reach the tank: eval "$(wavetank env)"')
    .addOption(
      new Option("--format <name>", "how to write it").choices(environmentFormats).default("sh"),
    );
  type Flags = { port?: number; format: EnvironmentFormat };
  return addPortOption(command).action((flags: Flags) => {
    const { url, region } = tankOf(flags);
    const variables = environmentFor(url, region);
    outputOf(command).data(variables, formatEnvironment(variables, flags.format));
  });
}
