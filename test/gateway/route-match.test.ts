import fc from "fast-check";
import { expect, test } from "vitest";
import { bestMatch, matchPath, pathPattern } from "../../emulator/gateway/route-match.ts";

const routes = (paths: readonly string[]) => paths.map((path) => ({ pattern: pathPattern(path) }));
const best = (paths: readonly string[], path: string) =>
  bestMatch(routes(paths), path)?.route.pattern.path;

test("a text goes before a parameter, and a parameter before the rest", () => {
  const paths = ["/{proxy+}", "/pets/{id}", "/pets/dog", "/pets/{proxy+}"];
  expect(best(paths, "/pets/dog")).toBe("/pets/dog");
  expect(best(paths, "/pets/cat")).toBe("/pets/{id}");
  expect(best(paths, "/pets/cat/1")).toBe("/pets/{proxy+}");
  expect(best(paths, "/shops")).toBe("/{proxy+}");
  expect(best(paths, "/")).toBeUndefined();
});

test("a greedy parameter takes slashes and encodings as they are", () => {
  expect(matchPath(pathPattern("/a/{proxy+}"), "/a/b%2Bc//d/")).toEqual({ proxy: "b%2Bc//d/" });
});

const segment = fc.constantFrom("a", "b", "c");
const pattern = fc
  .tuple(fc.array(fc.oneof(segment, fc.constantFrom("{x}", "{y}")), { maxLength: 3 }), fc.boolean())
  .map(([parts, isGreedy]) => `/${[...parts, ...(isGreedy ? ["{rest+}"] : [])].join("/")}`);
const path = fc.array(segment, { maxLength: 4 }).map((parts) => `/${parts.join("/")}`);

test("the best match matches, whatever the order of the routes, and an exact path always wins", () => {
  fc.assert(
    fc.property(fc.uniqueArray(pattern, { minLength: 1, maxLength: 6 }), path, (paths, asked) => {
      const found = best(paths, asked);
      const matching = paths.filter((one) => matchPath(pathPattern(one), asked) !== undefined);
      expect(found === undefined).toBe(matching.length === 0);
      if (found) expect(matching).toContain(found);
      if (paths.includes(asked)) expect(found).toBe(asked);
      // Two patterns may differ in their parameters' names alone: then either is right.
      const shape = (one: string | undefined) => one?.replace(/\{[xy]\}/g, "{}");
      expect(shape(best([...paths].reverse(), asked))).toBe(shape(found));
    }),
  );
});
