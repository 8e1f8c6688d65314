import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  OTHER_PACKAGE,
  OTHER_SOURCE,
} from "../../../../emulator/services/lambda/code/sdk-names.ts";

const SDK = ["@aws-sdk/", "@smithy/"];
/** Names that have much in common with the SDK's. */
const names = fc
  .array(fc.constantFrom(..."@aws-dkmithy/.x"), { minLength: 1, maxLength: 12 })
  .map((letters) => letters.join(""));

describe("what is not the SDK's", () => {
  test("is any package that does not begin with a scope of the SDK's", () => {
    fc.assert(
      fc.property(fc.constantFrom("", "@", "@aws-", "@smi", ...SDK), names, (start, rest) => {
        const name = start + rest;
        const isPackage = !name.startsWith(".") && !name.startsWith("/") && name.length > 10;
        fc.pre(isPackage);
        expect(OTHER_PACKAGE.test(name)).toBe(!/^@(aws-sdk|smithy)/.test(name));
      }),
    );
  });

  test.each(["yaml", "@napi-rs/canvas", "@awesome/it", "@sm/x", "node:fs"])("is %s", (name) => {
    expect(OTHER_PACKAGE.test(name)).toBe(true);
  });

  test.each(["./wine.ts", "/work/wine.ts", ...SDK.map((scope) => `${scope}core`)])(
    "is not %s",
    (name) => {
      expect(OTHER_PACKAGE.test(name)).toBe(false);
    },
  );

  test("is any source outside of the SDK's folders, whatever its path is called", () => {
    const ending = fc.constantFrom(".ts", ".mjs", ".cjs", ".jsx", ".js");
    fc.assert(
      fc.property(names, ending, (folder, end) => {
        fc.pre(!/@(aws-sdk|smithy)/.test(folder));
        expect(OTHER_SOURCE.test(`/home/${folder}/a${end}`)).toBe(true);
      }),
    );
  });

  test.each([
    "/home/me/node_modules/@aws-sdk/core/dist-es/index.js",
    "C:\\me\\node_modules\\@smithy\\core\\index.js",
    "/home/me/data.json",
  ])("is no %s", (path) => {
    expect(OTHER_SOURCE.test(path)).toBe(false);
  });
});
