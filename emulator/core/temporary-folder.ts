import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { isAlive } from "./is-alive.ts";

/** `wavetank-model-4711-Xy3aB9`: the process that made it is the number. */
const NAME = /^wavetank-[a-z]+-(\d+)-\w{6}$/;
// Windows holds on to a file for a moment after it was released.
const REMOVAL = { recursive: true, force: true, maxRetries: 5 } as const;

/** The paths of this process's folders. */
const made = new Set<string>();

/**
 * An empty folder in the system's temporary folder. It is gone once it is removed or the process ends; of a
 * process that is killed, the next one that makes a folder removes what was left.
 */
export class TemporaryFolder {
  readonly path: string;

  /** @param purpose one word in lower case, part of the name */
  constructor(purpose: string) {
    if (made.size === 0) {
      removeLeftovers();
      process.off("exit", removeMade).once("exit", removeMade);
    }
    this.path = mkdtempSync(join(tmpdir(), `wavetank-${purpose}-${process.pid}-`));
    made.add(this.path);
  }

  async remove(): Promise<void> {
    await rm(this.path, REMOVAL);
    made.delete(this.path);
  }
}

/** Where a process ends without stopping first, e.g. by force. */
function removeMade(): void {
  for (const path of made) rmSync(path, REMOVAL);
}

function removeLeftovers(): void {
  for (const name of readdirSync(tmpdir())) {
    const pid = NAME.exec(name)?.[1];
    if (pid === undefined || isAlive(Number(pid))) continue;
    try {
      rmSync(join(tmpdir(), name), REMOVAL);
    } catch {
      // Another user's, or another process removes it just now.
    }
  }
}
