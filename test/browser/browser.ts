import { existsSync } from "node:fs";
import { type Browser, chromium } from "playwright-core";

const PLACES = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

/** A headless Chromium of the machine: the one in `WAVETANK_CHROMIUM`, or where Linux has it. */
export function openBrowser(): Promise<Browser> {
  const executablePath = process.env.WAVETANK_CHROMIUM ?? PLACES.find((path) => existsSync(path));
  if (!executablePath) {
    throw new Error(`There is no Chromium at ${PLACES.join(", ")}: name it in WAVETANK_CHROMIUM.`);
  }
  // Chromium's own sandbox does not start as root, nor in most containers. The pages are ours alone.
  return chromium.launch({ executablePath, chromiumSandbox: false });
}
