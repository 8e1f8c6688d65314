import { LambdaClient, ListFunctionsCommand, paginateListFunctions } from "@aws-sdk/client-lambda";
import { expect, test } from "vitest";
import { startLambdaTank } from "./support/lambda-tank.ts";

const FILES = { "index.mjs": "export const handler = async () => 1;" };

test("functions are listed by name, a page at a time", async () => {
  await using tank = await startLambdaTank();
  for (const FunctionName of ["c", "a", "b"]) await tank.create(FILES, { FunctionName });
  const names: (string | undefined)[] = [];
  let pages = 0;
  for await (const page of paginateListFunctions({ client: tank.lambda, pageSize: 2 }, {})) {
    pages += 1;
    names.push(...(page.Functions ?? []).map(({ FunctionName }) => FunctionName));
  }
  expect(names).toEqual(["a", "b", "c"]);
  expect(pages).toBe(2);
});

test("each account has functions of its own", async () => {
  await using tank = await startLambdaTank();
  await tank.create(FILES);
  const other = new LambdaClient({
    endpoint: tank.url,
    region: "us-east-1",
    credentials: { accessKeyId: "111111111111", secretAccessKey: "test" },
  });
  const { Functions } = await other.send(new ListFunctionsCommand({}));
  other.destroy();
  expect(Functions).toEqual([]);
});

test("a marker that no answer gave is refused", async () => {
  await using tank = await startLambdaTank();
  const command = new ListFunctionsCommand({ Marker: "nonsense" });
  await expect(tank.lambda.send(command)).rejects.toMatchObject({
    name: "InvalidParameterValueException",
  });
});
