import { expect, test } from "vitest";
import { RESOURCE_TYPES } from "../../emulator/template/resource-types.ts";
import { startTank, type TestTank } from "../support/tank.ts";
import { Project } from "./project.ts";
import { CASES } from "./rollback-cases.ts";

// An update that fails takes back what it has changed until second: of every type that is updated in place.

/** Nothing can have been done to them: the tank lacks the operation, or they are names only. */
const NOTHING_TO_RESTORE = [
  "AWS::ApiGatewayV2::Api",
  "AWS::IAM::ManagedPolicy",
  "AWS::IAM::Policy",
  "AWS::IAM::Role",
  "AWS::Lambda::Url",
];

function template({ isSecond, fails }: { isSecond: boolean; fails: boolean }): string {
  const resources = Object.entries(CASES).map(([id, { type, always, second, metadata }]) => {
    const Properties = { ...always, ...(isSecond && second) };
    return [id, { Type: type, Properties, ...(metadata && { Metadata: metadata }) }];
  });
  const Failing = {
    Type: "AWS::Lambda::Permission",
    DependsOn: Object.keys(CASES),
    Properties: {
      FunctionName: "nobody",
      Action: "lambda:InvokeFunction",
      Principal: "s3.amazonaws.com",
    },
  };
  return JSON.stringify({
    Resources: { ...Object.fromEntries(resources), ...(fails && { Failing }) },
  });
}

/** What is another with every update, or once made anew. */
const VOLATILE =
  /^id$|ScheduledActionARN|modified|updated|revision|created|creation|metadata|location|configurationtime|statetransition/i;

/** What the API tells of every resource. */
async function state(tank: TestTank, ids: ReadonlyMap<string, string>) {
  const told: Record<string, unknown> = {};
  for (const [id, { told: calls = [] }] of Object.entries(CASES)) {
    for (const [service, operation, input] of calls) {
      const filled = JSON.stringify(input).replace(/\{(\w+)\}/g, (_, name) => ids.get(name) ?? "");
      const answer: unknown = await tank
        .call(service, operation, JSON.parse(filled) as object)
        .catch(({ name }: Error) => name);
      const text = JSON.stringify(answer, (key, value) => (VOLATILE.test(key) ? undefined : value));
      told[`${id} ${operation}`] = JSON.parse(text);
    }
  }
  return told;
}

test("every type that is updated in place is among the cases", () => {
  const updated = [...RESOURCE_TYPES.values()].filter((type) => type.kind === "api" && type.update);
  const covered = [...Object.values(CASES).map(({ type }) => type), ...NOTHING_TO_RESTORE];
  expect(updated.map(({ type }) => type).filter((type) => !covered.includes(type))).toEqual([]);
});

test("an update that fails leaves every resource as it was, whether it added properties or took them away", async () => {
  await using tank = await startTank();
  using project = new Project();
  const deploy = async (which: Parameters<typeof template>[0]) => {
    project.write("template.yaml", template(which));
    const { resources } = await tank.deploy(project.template, { stackName: "all" });
    return new Map(resources.map(({ logicalId, physicalId }) => [logicalId, physicalId]));
  };
  const failing = {
    message: expect.stringContaining("AWS::Lambda::Permission could not be created"),
  };

  const ids = await deploy({ isSecond: false, fails: false });
  const first = await state(tank, ids);
  await expect(deploy({ isSecond: true, fails: true })).rejects.toMatchObject(failing);
  expect(await state(tank, ids)).toEqual(first);

  await deploy({ isSecond: true, fails: false });
  const second = await state(tank, ids);
  const same = Object.keys(first).filter(
    (name) => JSON.stringify(first[name]) === JSON.stringify(second[name]),
  );
  expect(same).toEqual([]);
  await expect(deploy({ isSecond: false, fails: true })).rejects.toMatchObject(failing);
  expect(await state(tank, ids)).toEqual(second);

  await deploy({ isSecond: false, fails: false });
  expect(await state(tank, ids)).toEqual(first);
});
