import fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import {
  type Created,
  isResolved,
  resolve,
  type Scope,
} from "../../emulator/template/intrinsics.ts";
import { dict, list, member, type Node, scalar } from "../../emulator/template/node.ts";
import { plain } from "../../emulator/template/shape.ts";
import { complaint, templateOf } from "./reading.ts";

const AT = { file: "template.yaml", line: 1, column: 1 };

/** A value written in YAML, as a node. */
function node(yaml: string): Node {
  const { resources } = templateOf(`Resources: { X: { Properties: { Value: ${yaml} } } }`);
  const value = member(member(resources.get("X")?.value, "Properties"), "Value");
  if (!value) throw new Error("no value");
  return value;
}

const CREATED = new Map<string, Created>([
  ["Rides", { physicalId: "ride_events", attributes: { Arn: "arn:rides" } }],
]);

const SCOPE: Scope = {
  logicalId: "X",
  parameters: new Map<string, Node | undefined>([
    ["Stage", scalar("dev", AT)],
    ["Zones", list([scalar("a", AT), scalar("b", AT)], AT)],
    ["AWS::Region", scalar("eu-west-1", AT)],
    ["AWS::NoValue", undefined],
  ]),
  mappings: templateOf(
    "Mappings: { M: { dev: { Size: 1, Zones: [a, b] } } }\nResources: { X: { A: b } }",
  ).mappings,
  condition: ({ text }) => text === "Yes",
  created: CREATED,
};

function value(yaml: string, scope: Scope = SCOPE): unknown {
  const resolved = resolve(node(yaml), scope);
  return resolved && plain(resolved);
}

test.each([
  ["!Ref Stage", "dev"],
  ["!Ref Rides", "ride_events"],
  ["!Ref AWS::Region", "eu-west-1"],
  ["!Ref AWS::NoValue", undefined],
  ["!Ref Zones", ["a", "b"]],
  ["!GetAtt Rides.Arn", "arn:rides"],
  ["{ Fn::GetAtt: [Rides, !Sub Arn] }", "arn:rides"],
  [`!Sub "\${Stage}-\${Rides}-\${Rides.Arn}"`, "dev-ride_events-arn:rides"],
  [`!Sub "\${!Literal} $x {y}"`, `\${Literal} $x {y}`],
  [`!Sub ["\${A}/\${Stage}", { A: !Ref Rides }]`, "ride_events/dev"],
  [`!Sub ["\${Stage}", { Stage: mine }]`, "mine"],
  ['!Sub ""', ""],
  ['!Join ["-", [a, !Ref Stage, 1]]', "a-dev-1"],
  ['!Join [",", !Ref Zones]', "a,b"],
  ['!Join [",", [a, !Ref AWS::NoValue, b]]', "a,b"],
  ['!Join [",", []]', ""],
  ["!Select [1, [a, b]]", "b"],
  ['!Select ["0", !Ref Zones]', "a"],
  ['!Split [",", "a,,b"]', ["a", "", "b"]],
  ['!Select [1, !Split ["/", "arn/ride"]]', "ride"],
  ["!FindInMap [M, !Ref Stage, Size]", 1],
  ["!FindInMap [M, dev, Zones]", ["a", "b"]],
  ["!If [Yes, a, b]", "a"],
  ["!If [No, a, !Ref Stage]", "dev"],
  ["[a, !If [No, b, !Ref AWS::NoValue], c]", ["a", "c"]],
  ["{ A: !If [No, b, !Ref AWS::NoValue], C: d }", { C: "d" }],
  ["!Base64 héllo", "aMOpbGxv"],
  ["{ Deep: [{ Fn::Sub: x }] }", { Deep: ["x"] }],
])("%s gives %j", (yaml, expected) => {
  expect(value(yaml)).toEqual(expected);
});

test("a branch that is not taken is not evaluated", () => {
  expect(value("!If [Yes, a, !Select [9, [b]]]")).toBe("a");
});

describe("before a resource exists", () => {
  const before: Scope = { ...SCOPE, created: new Map() };

  it("what needs it stays a call, and gives the same afterwards as at once", () => {
    for (const yaml of [
      "!Ref Rides",
      "!GetAtt Rides.Arn",
      `!Sub "\${Stage}-\${Rides}"`,
      '!Join ["-", [!Ref Rides, !Ref Stage]]',
      '!Select [1, !Split [":", !GetAtt Rides.Arn]]',
      "{ A: [!Ref Rides], B: !Ref Stage }",
    ]) {
      const partial = resolve(node(yaml), before);
      expect(partial && isResolved(partial)).toBe(false);
      const later = partial && resolve(partial, SCOPE);
      expect(later && plain(later)).toEqual(value(yaml));
    }
  });

  it("conditions are decided already, so the other branch needs nothing", () => {
    const partial = resolve(node("!If [No, !Ref Rides, x]"), before);
    expect(partial).toMatchObject({ kind: "scalar", text: "x" });
  });
});

test("references to what a loose deploy leaves out give their own text", () => {
  const scope = { ...SCOPE, leftOut: new Set(["Table"]) };
  expect(value(`!Sub "\${Table}/\${Table.Arn}"`, scope)).toBe("Table/Table.Arn");
});

test("each fault names the place and what to write", () => {
  const complaints = [
    "!GetAtt Rides.Ar",
    `!Sub ["x-\${A}", { A: !Ref Zones }]`,
    `!Sub ["\${A}", { A: !Ref AWS::NoValue }]`,
    '!Join [",", text]',
    '!Join [",", [[a]]]',
    "!Select [2, [a, b]]",
    "!Select [x, [a, b]]",
    "!Select [0, []]",
    '!Split ["", a]',
    "!FindInMap [N, dev, Size]",
    "!FindInMap [M, prod, Size]",
    "!FindInMap [M, dev, Sise]",
    "!Base64 [a]",
    "!Equals [a, b]",
  ].map((yaml) => `${yaml}\n${complaint(() => value(yaml))}`);
  expect(`\n${complaints.join("\n")}\n`).toMatchInlineSnapshot(`
    "
    !GetAtt Rides.Ar
    template.yaml:1:40 X: Rides has no attribute "Ar".
    Did you mean "Arn"? Known attributes: Arn.
    !Sub ["x-\${A}", { A: !Ref Zones }]
    template.yaml:1:61 X: Fn::Sub takes texts, not a list.
    Use !Join to make a text of a list.
    !Sub ["\${A}", { A: !Ref AWS::NoValue }]
    template.yaml:1:40 X: Fn::Sub was given AWS::NoValue.
    Give a value.
    !Join [",", text]
    template.yaml:1:40 X: Fn::Join takes a list, not the text "text".
    Write [value, value], or a call that gives a list.
    !Join [",", [[a]]]
    template.yaml:1:53 X: Fn::Join takes texts, not a list.
    Use !Join to make a text of a list.
    !Select [2, [a, b]]
    template.yaml:1:40 X: Fn::Select cannot take item "2" of a list of 2.
    Write an index from 0 to 1.
    !Select [x, [a, b]]
    template.yaml:1:40 X: Fn::Select cannot take item "x" of a list of 2.
    Write an index from 0 to 1.
    !Select [0, []]
    template.yaml:1:40 X: Fn::Select cannot take item "0" of a list of 0.
    The list is empty.
    !Split ["", a]
    template.yaml:1:40 X: Fn::Split has an empty delimiter.
    Write one.
    !FindInMap [N, dev, Size]
    template.yaml:1:40 X: Fn::FindInMap finds no "N".
    Did you mean "M"? Known mappings: M.
    !FindInMap [M, prod, Size]
    template.yaml:1:40 X: Fn::FindInMap finds no "prod".
    Known keys of M: dev.
    !FindInMap [M, dev, Sise]
    template.yaml:1:40 X: Fn::FindInMap finds no "Sise".
    Did you mean "Size"? Known keys of M: Size, Zones.
    !Base64 [a]
    template.yaml:1:48 X: Fn::Base64 takes texts, not a list.
    Use !Join to make a text of a list.
    !Equals [a, b]
    template.yaml:1:40 X: Fn::Equals stands outside of the Conditions section.
    Name the condition there, and use it with Condition: Name or !If [Name, …].
    "
  `);
});

describe("always", () => {
  const word = fc.stringMatching(/^[a-z0-9 ]{0,8}$/);
  const text = (value: string) => scalar(value, AT);
  const call = (
    name: "Fn::Join" | "Fn::Split" | "Fn::Select" | "Fn::Base64",
    ...operands: Node[]
  ) => ({ kind: "call", at: AT, name, operands }) as const;
  const result = (given: Node) => {
    const resolved = resolve(given, SCOPE);
    return resolved && plain(resolved);
  };

  it("splitting what was joined gives the items back", () => {
    fc.assert(
      fc.property(fc.array(word, { minLength: 1 }), (words) => {
        const joined = call("Fn::Join", text("|"), list(words.map(text), AT));
        expect(result(call("Fn::Split", text("|"), joined))).toEqual(words);
      }),
    );
  });

  it("selecting gives the item at the index", () => {
    fc.assert(
      fc.property(fc.array(word, { minLength: 1 }), fc.nat(), (words, n) => {
        const index = n % words.length;
        const items = list(words.map(text), AT);
        expect(result(call("Fn::Select", text(String(index)), items))).toBe(words[index]);
      }),
    );
  });

  it("Base64 can be decoded to the same text", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme" }), (any) => {
        const encoded = String(result(call("Fn::Base64", text(any))));
        expect(Buffer.from(encoded, "base64").toString("utf8")).toBe(any);
      }),
    );
  });

  it("what has no calls is left as it is", () => {
    const leaf = word.map((value): Node => text(value));
    const tree = fc.letrec<{ node: Node }>((tie) => ({
      node: fc.oneof(
        { maxDepth: 3 },
        leaf,
        fc.array(tie("node"), { maxLength: 3 }).map((items): Node => list(items, AT)),
        fc
          .dictionary(fc.stringMatching(/^[A-Z][a-z]{0,5}$/), tie("node"), { maxKeys: 3 })
          .map((members): Node => dict(members, AT)),
      ),
    })).node;
    fc.assert(
      fc.property(tree, (any) => {
        expect(resolve(any, SCOPE)).toEqual(any);
      }),
    );
  });
});
