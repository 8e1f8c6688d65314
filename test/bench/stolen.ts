import { readFileSync } from "node:fs";

/**
 * The share of the processors' time that a host has given to others since this was made: on a virtual machine, what
 * makes one minute slower than the next. `undefined` where the system does not tell (only Linux does).
 */
export function stolenSince(): () => number | undefined {
  const before = ticks();
  return () => {
    const after = ticks();
    if (!before || !after || after.all === before.all) return undefined;
    return (after.stolen - before.stolen) / (after.all - before.all);
  };
}

/** https://docs.kernel.org/filesystems/proc.html#miscellaneous-kernel-statistics-in-proc-stat */
function ticks(): { stolen: number; all: number } | undefined {
  if (process.platform !== "linux") return undefined;
  const [total = ""] = readFileSync("/proc/stat", "latin1").split("\n");
  // user, nice, system, idle, iowait, irq, softirq, steal; guests' time is in user's.
  const counted = total.split(/\s+/).slice(1, 9).map(Number);
  return { stolen: counted[7] ?? 0, all: counted.reduce((sum, each) => sum + each, 0) };
}
