import type { BackendSettings } from "../../emulator/backends/settings.ts";
import type { WavetankOptions } from "../../emulator/wavetank.ts";
import { startTank, type TestTank } from "../support/tank.ts";

/** A tank whose services stand in another tank, which plays LocalStack: it, too, answers AWS's API. */
export async function tankBefore(
  backends: BackendSettings["backends"],
  others: Omit<BackendSettings, "backends" | "localstackUrl"> = {},
  options: WavetankOptions = {},
): Promise<{ tank: TestTank; behind: TestTank } & AsyncDisposable> {
  const behind = await startTank();
  const settings = { backends, localstackUrl: behind.url, ...others };
  const tank = await startTank({ ...options, backends: settings });
  return {
    tank,
    behind,
    async [Symbol.asyncDispose]() {
      await tank.stop();
      await behind.stop();
    },
  };
}
