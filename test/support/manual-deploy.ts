import { type TestTank, until } from "./tank.ts";

/** Deploys to a tank whose clock is moved by hand: endpoints and mappings come up as it moves. */
export async function deployAsTimePasses(
  tank: TestTank,
  { template, parameters = {} }: { template: string; parameters?: Record<string, string> },
): Promise<void> {
  let isDeployed = false;
  const deploying = tank.deploy(template, { parameters }).finally(() => {
    isDeployed = true;
  });
  await until(
    async () => {
      await tank.manualClock.advance(100);
      return isDeployed;
    },
    { timeoutMs: 60_000 },
  );
  await deploying;
}
