import type { Wavetank } from "../wavetank.ts";
import type { Address } from "./banner.ts";
import { duration, type Output } from "./output.ts";

export interface DeployingOptions {
  readonly templates: readonly string[];
  readonly parameters: Readonly<Record<string, string>>;
  /** Deploys what the tank knows of a template, and only warns of the rest. */
  readonly loose: boolean;
  /** No template needs what another one makes, so that all are deployed at once. */
  readonly independent: boolean;
  readonly output: Output;
  readonly signal: AbortSignal;
}

/** Deploys templates and resolves with what of them answers at an address of the tank's. */
export async function deployAll(tank: Wavetank, options: DeployingOptions): Promise<Address[]> {
  const { templates, independent } = options;
  if (!independent) {
    const addresses: Address[] = [];
    for (const template of templates) addresses.push(...(await deployOne(tank, template, options)));
    return addresses;
  }
  // One that fails ends the others.
  const failed = new AbortController();
  const signal = AbortSignal.any([options.signal, failed.signal]);
  const deploying = templates.map((template) =>
    deployOne(tank, template, { ...options, signal }).catch((error: unknown) => {
      failed.abort(error);
      throw error;
    }),
  );
  return (await Promise.all(deploying)).flat();
}

async function deployOne(
  tank: Wavetank,
  template: string,
  { parameters, loose, output, signal }: DeployingOptions,
): Promise<Address[]> {
  const startedAt = performance.now();
  const stack = await tank.deploy(template, { parameters, loose, signal });
  const took = duration(performance.now() - startedAt);
  output.note(
    `${output.style("green", "✔")} deployed ${stack.name} · ${stack.resources.length} resources · ${took}`,
  );
  // An output names an API by AWS's address.
  return Object.entries(stack.outputs).flatMap(([name, text]) => {
    const url = tank.localUrls(text);
    return url === text ? [] : [{ stack: stack.name, name, url }];
  });
}
