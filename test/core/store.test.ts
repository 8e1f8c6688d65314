import { expect, test } from "vitest";
import { Scoped } from "../../emulator/core/store.ts";

const scope = (accountId: string, region: string) => ({ accountId, region });

test("a scope has one store of its own", () => {
  const stores = new Scoped(() => new Map<string, string>());
  stores.of(scope("1", "us-east-1")).set("name", "value");
  expect(stores.of(scope("1", "us-east-1")).get("name")).toBe("value");
});

test("accounts and regions are kept apart", () => {
  const stores = new Scoped(() => new Map<string, string>());
  stores.of(scope("1", "us-east-1")).set("name", "value");
  expect(stores.of(scope("1", "eu-west-1")).size).toBe(0);
  expect(stores.of(scope("2", "us-east-1")).size).toBe(0);
  expect([...stores.all()]).toHaveLength(3);
});

test("a store is made for its scope and nothing else of the call", () => {
  const made: unknown[] = [];
  const stores = new Scoped((owner) => made.push(owner));
  stores.of({ ...scope("1", "us-east-1"), caller: "AKIA" } as never);
  expect(made).toEqual([{ accountId: "1", region: "us-east-1" }]);
});

test("a cleared store begins anew", () => {
  const stores = new Scoped(() => new Set<string>());
  stores.of(scope("1", "us-east-1")).add("name");
  stores.clear();
  expect([...stores.all()]).toEqual([]);
  expect(stores.of(scope("1", "us-east-1")).size).toBe(0);
});
