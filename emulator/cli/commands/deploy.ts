import { resolve } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { Command } from "commander";
import { WavetankError, type WavetankErrorCode } from "../../core/errors.ts";
import { localUrls } from "../../gateway/address.ts";
import type { StackStatus } from "../../stacks.ts";
import { changesText } from "../changes-text.ts";
import { addPortOption, tankOf } from "../find.ts";
import { addParameterOption, outputOf } from "../options.ts";
import type { Output } from "../output.ts";
import { duration } from "../output.ts";
import { TankClient } from "../tank-client.ts";

const POLL_MS = 100;

interface Flags {
  port?: number;
  stackName?: string;
  parameter: Record<string, string>;
  loose?: boolean;
}

export function deployCommand(): Command {
  const command = new Command("deploy")
    .description("deploy a template into a running tank, or bring its stack up to date")
    .argument("<template>", "a SAM or CloudFormation template")
    .option(
      "--stack-name <name>",
      "the stack to create or update; the template's folder when absent",
    )
    .option("--loose", "deploy what is known of a template, and only warn of the rest");
  return addPortOption(addParameterOption(command)).action(
    async (template: string, { port, stackName, parameter, loose }: Flags) => {
      const output = outputOf(command);
      const tank = tankOf(port === undefined ? {} : { port });
      const client = new TankClient(tank);
      const startedAt = performance.now();
      const { status, body } = await client.own<Answer>("POST", "/_wavetank/deploy", {
        template: resolve(template),
        parameters: parameter,
        ...(stackName !== undefined && { stackName }),
        ...(loose && { loose }),
      });
      if (status !== 202) throw refusal(body);
      const stack = await followed(client, { name: body.name ?? "", output });
      if (stack.error) throw refusal(stack);
      const took = duration(performance.now() - startedAt);
      const done = stack.status === "CREATE_COMPLETE" ? "deployed" : "updated";
      const tick = output.style("green", "✔");
      const lines =
        stack.changes.length === 0
          ? [`${tick} ${stack.name}: no changes`]
          : [`${tick} ${done} ${stack.name} · ${counted(stack.changes.length)} · ${took}`];
      for (const [name, text] of Object.entries(stack.outputs)) {
        lines.push(`  ${name} ${localUrls(text, tank.url)}`);
      }
      output.data({ ...stack }, lines.join("\n"));
    },
  );
}

interface Answer {
  readonly name?: string;
  readonly error?: StackStatus["error"];
}

/** Tells what is done to a stack while it is, until it is done. */
async function followed(
  client: TankClient,
  { name, output }: { name: string; output: Output },
): Promise<StackStatus> {
  let told = -1;
  for (;;) {
    const { body } = await client.own<{ stacks: StackStatus[] }>("GET", "/_wavetank/stacks");
    const stack = body.stacks.find((one) => one.name === name);
    if (!stack) {
      throw new WavetankError("ERR_DEPLOY", `The stack ${name} is gone.`, {
        hint: "The tank was reset, or the stack deleted, while it was deployed.",
      });
    }
    if (told < 0) {
      if (stack.changes.length > 0) output.note(changesText(stack.changes, output));
      told = 0;
    }
    for (const { done, total, logicalId, action } of stack.progress.slice(told)) {
      if (action)
        output.note(`  ${output.style("dim", `${done}/${total}`)} ${logicalId} ${action}`);
    }
    told = stack.progress.length;
    if (!stack.status.endsWith("IN_PROGRESS")) {
      for (const warning of stack.warnings)
        output.note(`${output.style("yellow", "!")} ${warning}`);
      return stack;
    }
    await sleep(POLL_MS);
  }
}

/** The tank's error, as if it had been thrown here. */
export function refusal({ error }: Answer): WavetankError {
  const { code = "ERR_REQUEST", message = "The tank did not understand.", hint = "" } = error ?? {};
  return new WavetankError(code as WavetankErrorCode, message, { hint });
}

function counted(changes: number): string {
  return changes === 1 ? "1 change" : `${changes} changes`;
}
