import { expect, test } from "vitest";
import { losses } from "./power-usage-losses.ts";

test("no row is lost, and each user's order is kept, while writes are refused and the consumer crashes", async () => {
  const users = 2;
  // Each of them more than the shard takes in a second.
  const rowsOfEach = 2_500;
  const found = await losses({ users, rowsOfEach, crashEvery: 10 });
  expect(found).toMatchObject({ stored: users * rowsOfEach, outOfOrder: 0, givenUp: 0 });
  expect(found.crashes).toBeGreaterThanOrEqual(4);
  expect(found.recordsRefused).toBeGreaterThan(0);
  // One in ten, until it was taken.
  expect(found.writes).toBeGreaterThan(users * rowsOfEach);
  expect(found.writesRefused).toBe(Math.floor(found.writes / 10));
}, 180_000);
