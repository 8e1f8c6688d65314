import fc from "fast-check";
import { expect, test } from "vitest";
import { physicalName } from "../../emulator/template/names.ts";
import { nearest } from "../../emulator/template/nearest.ts";

test("a generated name has stack, logical id and twelve letters and digits", () => {
  expect(physicalName({ stackName: "ride", logicalId: "Scorer" }, 64)).toMatch(
    /^ride-Scorer-[A-Z0-9]{12}$/,
  );
});

const stackName = fc.stringMatching(/^[a-z][a-z0-9-]{0,127}$/);
const logicalId = fc.stringMatching(/^[A-Za-z0-9]{1,200}$/);

test("a generated name fits, and is one that every service takes", () => {
  fc.assert(
    fc.property(stackName, logicalId, fc.constantFrom(63, 64, 128), (stack, logical, maxLength) => {
      const name = physicalName({ stackName: stack, logicalId: logical }, maxLength);
      expect(name.length).toBeLessThanOrEqual(maxLength);
      expect(name).toMatch(/^[a-zA-Z0-9](-*[a-zA-Z0-9])*$/);
    }),
  );
});

test("what is cut off still tells names apart", () => {
  const long = "A".repeat(200);
  const one = physicalName({ stackName: "ride", logicalId: `${long}1` }, 63);
  expect(one).not.toBe(physicalName({ stackName: "ride", logicalId: `${long}2` }, 63));
  expect(one).toBe(physicalName({ stackName: "ride", logicalId: `${long}1` }, 63));
});

test.each([
  ["ShardCuont", "ShardCount"],
  ["shardcount", "ShardCount"],
  ["Shards", undefined],
  ["Nam", "Name"],
  ["Completely", undefined],
  ["", undefined],
])("near %s lies %s", (written, meant) => {
  expect(nearest(written, ["Name", "ShardCount", "RetentionPeriodHours"])).toBe(meant);
});
