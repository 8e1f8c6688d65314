import { join } from "node:path";
import type { Browser, Page } from "playwright-core";
import { packageRoot } from "../../emulator/pipelines/pipeline.ts";
import { startTank, type TestTank } from "../support/tank.ts";
import { openBrowser } from "./browser.ts";

/** A pipeline's page in a browser, with a tank of its own behind it. */
export interface PipelinePages extends AsyncDisposable {
  readonly tank: TestTank;
  readonly browser: Browser;
  /** The page's address, as the tank serves it. */
  readonly address: string;
  /** Opens the page anew, and notes in `complaints` what its console says is wrong. */
  open(): Promise<{ page: Page; complaints: string[] }>;
}

export async function openPages(pipeline: string): Promise<PipelinePages> {
  const [browser, tank] = await Promise.all([openBrowser(), startTank()]);
  const stack = await tank.deploy(join(packageRoot(), "handlers", pipeline, "template.yaml"));
  const address = tank.localUrls(stack.outputs.Page ?? "");
  return {
    tank,
    browser,
    address,
    async open() {
      const page = await browser.newPage();
      const complaints: string[] = [];
      page.on("pageerror", (error) => complaints.push(error.message));
      page.on("console", (message) => {
        if (["error", "warning"].includes(message.type())) {
          complaints.push(`${message.text()} ${message.location().url}`);
        }
      });
      await page.goto(address);
      return { page, complaints };
    },
    async [Symbol.asyncDispose]() {
      await browser.close();
      await tank.stop();
    },
  };
}
