import { GetFunctionConfigurationCommand } from "@aws-sdk/client-lambda";
import { expect, test } from "vitest";
import { startLambdaTank } from "./support/lambda-tank.ts";

test("the configuration is the function's, with its variables", async () => {
  await using tank = await startLambdaTank();
  await tank.create(
    { "index.mjs": "export const handler = async () => 1;" },
    { Environment: { Variables: { RUN_ID: "123" } } },
  );
  const configuration = await tank.lambda.send(
    new GetFunctionConfigurationCommand({ FunctionName: "score", Qualifier: "$LATEST" }),
  );
  expect(configuration).toMatchObject({
    FunctionName: "score",
    Runtime: "nodejs22.x",
    Handler: "index.handler",
    Environment: { Variables: { RUN_ID: "123" } },
    State: "Active",
  });
});

test("a function that is not there has none", async () => {
  await using tank = await startLambdaTank();
  const command = new GetFunctionConfigurationCommand({ FunctionName: "nope" });
  await expect(tank.lambda.send(command)).rejects.toMatchObject({
    name: "ResourceNotFoundException",
  });
});
