import { expect, test } from "vitest";
import { losses } from "./power-usage-losses.ts";

test("no row is lost, and each user's order is kept, while writes are refused and the consumer crashes", async () => {
  const users = 5;
  const rowsOfEach = 1_000;
  const found = await losses({ users, rowsOfEach, crashEvery: 10 });
  expect(found).toMatchObject({ stored: users * rowsOfEach, outOfOrder: 0, givenUp: 0 });
  expect(found.crashes).toBeGreaterThanOrEqual(4);
  expect(found.recordsRefused).toBeGreaterThan(0);
  // One in ten, until it was taken.
  expect(found.writes).toBeGreaterThan(users * rowsOfEach);
  expect(found.writesRefused).toBe(Math.floor(found.writes / 10));
}, 180_000);
