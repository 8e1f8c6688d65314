import { expect, test } from "vitest";
import { filterPattern } from "../../../../emulator/services/cloudwatch-logs/model/filter-pattern.ts";

const EVENT = JSON.stringify({
  level: "ERROR",
  ms: 12.5,
  status: "404",
  ip: "10.0.7.1",
  user: { name: "ada", admin: true, team: null },
  tags: ["blue", { id: 7 }],
  "a.b": 1,
});

test.each([
  '{ $.level = "ERROR" }',
  "{ $.level = ERROR }",
  "{ $.level = ERR* }",
  '{ $.level = "*ROR" }',
  "{ $.level != WARN }",
  "{ $.ms > 12 && $.ms <= 12.5 }",
  "{ $.ms = 1.25e1 }",
  "{ $.status = 404 }",
  "{ $.ip != 123.123.* }",
  "{ $.user.name = ada }",
  "{ $.user.admin IS TRUE }",
  "{ $.user.team IS NULL }",
  "{ $.user.age NOT EXISTS }",
  "{ $.tags[0] = blue }",
  "{ $.tags[1].id >= 7 }",
  "{ $.['a.b'] = 1 }",
  "{ ($.level = WARN || $.level = ERROR) && $.ms < 100 }",
  "{ $.level = WARN && $.ms < 1 || $.user.name = a* }",
])("%s matches", (pattern) => {
  expect(filterPattern(pattern)?.(EVENT)).toBe(true);
});

test.each([
  "{ $.level = error }",
  "{ $.ms > 12.5 }",
  "{ $.level > 1 }",
  "{ $.user.admin IS FALSE }",
  "{ $.user.age IS NULL }",
  "{ $.user.team NOT EXISTS }",
  "{ $.none != 1 }",
  "{ $.tags[2] = blue }",
  "{ $.level = ERROR && $.ms > 100 }",
  "{ $.toString = * }",
])("%s does not match", (pattern) => {
  expect(filterPattern(pattern)?.(EVENT)).toBe(false);
});

test("a message that is no JSON object matches no pattern of JSON", () => {
  for (const message of ["plain text", "{ broken", "7"]) {
    expect(filterPattern("{ $.none NOT EXISTS }")?.(message)).toBe(false);
  }
});

const LINE = '127.0.0.1 - frank [10/Oct/2026:13:25:15 -0700] "GET /index.html HTTP/1.0" 404 1534';

test.each([
  "[ip, id, user, time, request, status, bytes]",
  "[ip, id, user, time, request, status = 404, bytes > 1500]",
  "[ip, id, user, time, request = *html*, status = 4*, bytes]",
  "[..., status = 404, bytes]",
  "[ip = 127.*, ...]",
  "[ip, ..., bytes]",
  "[ip, id, user != bob, ...]",
  "[..., status = 404 || status = 410, bytes]",
  '[ip, id, user, time, request = "GET /index.html HTTP/1.0", ...]',
])("%s matches a line of columns", (pattern) => {
  expect(filterPattern(pattern)?.(LINE)).toBe(true);
});

test.each(["[ip, id, user]", "[..., status = 200, bytes]", "[a, b, c, d, e, f, g, h, ...]"])(
  "%s does not match a line of columns",
  (pattern) => {
    expect(filterPattern(pattern)?.(LINE)).toBe(false);
  },
);

test.each([
  "{ $.level = }",
  "{ level = 1 }",
  "{ $.level = %ERR% }",
  "{ $.level = ERROR",
  "{ $.level = ERROR ) }",
  "{ ($.level = ERROR }",
  "{ $.ms > many }",
  "[a, ..., b, ...]",
  "[a = ]",
  "%ERR%",
])("%s cannot be read", (pattern) => {
  expect(filterPattern(pattern)).toBeUndefined();
});
