import { createInterface } from "node:readline/promises";
import { Command } from "commander";
import { addPortOption, tankOf } from "../find.ts";
import { outputOf } from "../options.ts";
import { TankClient } from "../tank-client.ts";
import { refusal } from "./deploy.ts";

export function deleteCommand(): Command {
  const command = new Command("delete")
    .description("delete a stack of a running tank, with what its buckets and streams hold")
    .argument("<stack>", "the stack's name, as `wavetank deploy` told it")
    .option("-y, --yes", "do not ask");
  return addPortOption(command).action(
    async (stackName: string, { port, yes }: { port?: number; yes?: boolean }) => {
      const output = outputOf(command);
      const tank = tankOf(port === undefined ? {} : { port });
      if (
        !yes &&
        process.stdin.isTTY &&
        !(await isAgreed(`Delete the stack ${stackName}? [y/N] `))
      ) {
        output.note("nothing was deleted");
        return;
      }
      const { status, body } = await new TankClient(tank).own<Parameters<typeof refusal>[0]>(
        "POST",
        "/_wavetank/delete",
        { stackName },
      );
      if (status !== 200) throw refusal(body);
      output.data({ deleted: stackName }, `${output.style("green", "✔")} deleted ${stackName}`);
    },
  );
}

async function isAgreed(question: string): Promise<boolean> {
  const lines = createInterface({ input: process.stdin, output: process.stderr });
  try {
    return /^y(es)?$/i.test((await lines.question(question)).trim());
  } finally {
    lines.close();
  }
}
