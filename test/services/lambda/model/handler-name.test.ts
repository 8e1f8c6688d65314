import { expect, test } from "vitest";
import { parseHandlerName } from "../../../../emulator/services/lambda/model/handler-name.ts";

test.each([
  ["index.handler", "index", "handler"],
  ["src/app.main", "src/app", "main"],
  ["src/v1.2/app.handlers.main", "src/v1.2/app", "handlers.main"],
])("%s is module %s and export %s", (handler, modulePath, exportPath) => {
  expect(parseHandlerName(handler)).toEqual({ modulePath, exportPath });
});

test.each(["handler", "index.", ".handler", "src/.handler", "../index.handler"])(
  "%s names nothing",
  (handler) => {
    expect(parseHandlerName(handler)).toBeUndefined();
  },
);
