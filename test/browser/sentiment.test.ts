import { join } from "node:path";
import { expect, test } from "vitest";
import { packageRoot } from "../../emulator/pipelines/pipeline.ts";
import { startTank } from "../support/tank.ts";
import { openBrowser } from "./browser.ts";

test("the docs page sends a text and shows the answer, by either address of its API", async () => {
  await using tank = await startTank();
  await using browser = await openBrowser();
  const stack = await tank.deploy(join(packageRoot(), "handlers/sentiment/template.yaml"));
  const address = stack.outputs.Api ?? "";
  const byHost = address
    .replace("https:", "http:")
    .replace(".amazonaws.com", `.localhost:${tank.port}`);
  for (const api of [tank.localUrls(address), byHost]) {
    const page = await browser.newPage();
    await page.goto(`${api}/docs`);
    await page.getByRole("button", { name: "Send" }).click();
    await page.getByRole("status").getByText("positive").waitFor();
    expect(await page.getByRole("status").innerText()).toMatch(/^200 \{"Raw Text":/);
    const link = page.getByRole("link", { name: "openapi.json" });
    const href = await link.evaluate((anchor: { href?: string }) => anchor.href);
    expect(href).toBe(`${api}/openapi.json`);
    expect((await page.goto(href ?? ""))?.status()).toBe(200);
  }
});
