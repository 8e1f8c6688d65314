import { describe, expect, test } from "vitest";
import {
  mappingTemplate,
  type TemplateInput,
} from "../../../../emulator/services/api-gateway/model/mapping-template.ts";

const INPUT: TemplateInput = {
  body: '{"a":{"b":[1,"two"]},"quote":"it\'s \\"so\\""}',
  path: { id: "7" },
  querystring: { q: "x" },
  header: { "X-Trace": "one" },
  context: { requestId: "r-1", identity: { sourceIp: "127.0.0.1" } },
  stageVariables: { model: "wine" },
};

describe("fills in", () => {
  test.each([
    ["$input.json('$')", JSON.stringify(JSON.parse(INPUT.body))],
    ["{\"body\": $input.json('$.a.b')}", '{"body": [1,"two"]}'],
    ["$input.path('$.a.b[1]')", "two"],
    ["$input.json('$.none')", '""'],
    ["$input.body", INPUT.body],
    ["$input.params('id') $input.params('q') $input.params('x-trace')", "7 x one"],
    ["$input.params().header.X-Trace", "one"],
    ["$util.escapeJavaScript($input.path('$.quote'))", `it\\'s \\"so\\"`],
    ["$util.urlEncode('a b/ä&=')", "a+b%2F%C3%A4%26%3D"],
    ["$util.urlDecode('a+b%2F%C3%A4&=')", "a b/ä&="],
    ["$util.base64Encode($input.params('q')) $util.base64Decode('eA==')", "eA== x"],
    [`$context.requestId $\{context.identity.sourceIp}!`, "r-1 127.0.0.1!"],
    ["$!stageVariables.model costs $5 #1", "wine costs $5 #1"],
    ["nothing at all", "nothing at all"],
  ])("%s", (template, text) => {
    expect(mappingTemplate(template)(INPUT)).toBe(text);
  });
});

describe("refuses by name and place", () => {
  test.each([
    ["#foreach($x in $y) #end", "#foreach at line 1, column 1"],
    ["{\n  $foo.bar }", "$foo.bar at line 2, column 3"],
    ["$util.parseJson('{}')", "$util.parseJson at line 1, column 1"],
    ["$input.json('$..a')", "$input.json at line 1, column 1"],
    ["$inputs", "$inputs at line 1, column 1"],
  ])("%s", (template, named) => {
    expect(() => mappingTemplate(template)).toThrow(`${named} is not emulated`);
  });
});
