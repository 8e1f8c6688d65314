import fc from "fast-check";
import { expect, test } from "vitest";
import { decodeToken, encodeToken, paginate } from "../../emulator/core/paginate.ts";

const listing = fc
  .uniqueArray(fc.string({ minLength: 1, maxLength: 6 }), { maxLength: 40 })
  .map((names) => names.sort());

test("pages put together are the listing, whatever their size", () => {
  fc.assert(
    fc.property(listing, fc.integer({ min: 1, max: 12 }), (names, limit) => {
      const seen: string[] = [];
      let last: string | undefined;
      do {
        const after = last;
        const page = paginate(names, {
          after: (name) => after === undefined || name > after,
          limit,
        });
        expect(page.items.length).toBeLessThanOrEqual(limit);
        seen.push(...page.items);
        last = page.next;
      } while (last !== undefined);
      expect(seen).toEqual(names);
    }),
  );
});

test("a page says that more follows only when more follows", () => {
  fc.assert(
    fc.property(listing, fc.integer({ min: 1, max: 50 }), (names, limit) => {
      const { items, next } = paginate(names, { limit });
      expect(next).toBe(names.length > limit ? items.at(-1) : undefined);
    }),
  );
});

test("an item that goes between two pages does not make another one skipped", () => {
  const first = paginate(["a", "b", "c", "d"], { limit: 2 });
  const second = paginate(["a", "c", "d"], {
    after: (name) => name > (first.next ?? ""),
    limit: 2,
  });
  expect(second.items).toEqual(["c", "d"]);
});

test("a token carries its value there and back", () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      const token = encodeToken(value);
      expect(token).toMatch(/^[\w-]*$/);
      expect(decodeToken(token)).toEqual(JSON.parse(JSON.stringify(value)));
    }),
  );
});

test("text that is no token decodes to nothing", () => {
  expect(decodeToken("not a token")).toBeUndefined();
  expect(decodeToken("")).toBeUndefined();
});
