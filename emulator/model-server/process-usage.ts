import { statfsSync } from "node:fs";
import { totalmem } from "node:os";

export interface ProcessUsage {
  /** 100 for each core that was busy all the time since this was last asked. */
  readonly cpuPercent: number;
  readonly memoryPercent: number;
  /** Of the disk that a folder is on. */
  readonly diskPercent: number;
}

/** What this process uses, measured in real time whatever the tank's clock says. */
export function processUsage(folder: string): () => ProcessUsage {
  let cpuBefore = process.cpuUsage();
  let askedAt = performance.now();
  return () => {
    const { user, system } = process.cpuUsage(cpuBefore);
    const now = performance.now();
    const busyMs = (user + system) / 1000;
    const cpuPercent = now > askedAt ? (100 * busyMs) / (now - askedAt) : 0;
    cpuBefore = process.cpuUsage();
    askedAt = now;
    const memoryPercent = (100 * process.memoryUsage.rss()) / memoryBytes();
    const { blocks, bfree } = statfsSync(folder);
    return { cpuPercent, memoryPercent, diskPercent: (100 * (blocks - bfree)) / blocks };
  };
}

/** A container's own memory, where it is bounded. */
function memoryBytes(): number {
  const bound = process.constrainedMemory();
  return bound > 0 ? Math.min(bound, totalmem()) : totalmem();
}
