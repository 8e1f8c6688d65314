import { expect, test } from "vitest";
import { WavetankContainer } from "../../emulator/testing/testcontainers.ts";

// What needs Docker is tested in test/containers.
test("a template outside the folder that is copied is refused, with what to give instead", () => {
  const container = new WavetankContainer();
  const give = () => container.withTemplate("a/template.yaml", { folder: "b" });
  expect(give).toThrow(/a\/template.yaml is not in the folder .*b\./);
});
