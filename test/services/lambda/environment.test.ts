import { expect, test } from "vitest";
import { type LambdaTank, startLambdaTank } from "./support/lambda-tank.ts";
import { hasPython } from "./support/python.ts";

const NODE = { "index.mjs": "export const handler = async () => ({ ...process.env });" };
const PYTHON = {
  "index.py": "import os\n\ndef handler(event, context):\n    return dict(os.environ)\n",
};

const RUNTIMES = hasPython ? (["nodejs22.x", "python3.13"] as const) : (["nodejs22.x"] as const);

async function variablesOf(tank: LambdaTank, runtime: "nodejs22.x" | "python3.13") {
  const { folder } = await tank.create(runtime === "nodejs22.x" ? NODE : PYTHON, {
    Runtime: runtime,
    Environment: { Variables: { RUN_ID: "123", TZ: "Europe/Zurich" } },
  });
  const { payload } = await tank.invoke("score");
  return { folder, variables: payload as Record<string, string> };
}

test.each(RUNTIMES)("%s functions find AWS's variables", async (runtime) => {
  await using tank = await startLambdaTank();
  const { folder, variables } = await variablesOf(tank, runtime);
  expect(variables).toMatchObject({
    _HANDLER: "index.handler",
    _X_AMZN_TRACE_ID: expect.stringMatching(
      /^Root=1-[0-9a-f]{8}-[0-9a-f]{24};Parent=[0-9a-f]{16};Sampled=0$/,
    ),
    AWS_REGION: "us-east-1",
    AWS_DEFAULT_REGION: "us-east-1",
    AWS_EXECUTION_ENV: `AWS_Lambda_${runtime}`,
    AWS_LAMBDA_FUNCTION_NAME: "score",
    AWS_LAMBDA_FUNCTION_MEMORY_SIZE: "512",
    AWS_LAMBDA_FUNCTION_VERSION: "$LATEST",
    AWS_LAMBDA_INITIALIZATION_TYPE: "on-demand",
    AWS_LAMBDA_LOG_GROUP_NAME: "/aws/lambda/score",
    AWS_ACCESS_KEY_ID: "test",
    AWS_SECRET_ACCESS_KEY: "test",
    AWS_ENDPOINT_URL: tank.url,
    LAMBDA_TASK_ROOT: folder,
    RUN_ID: "123",
    TZ: "Europe/Zurich",
  });
});

test.each(RUNTIMES)("%s functions find nothing of the user's own environment", async (runtime) => {
  process.env.WAVETANK_TEST_SECRET = "hidden";
  await using tank = await startLambdaTank();
  const { variables } = await variablesOf(tank, runtime);
  expect(JSON.stringify(variables)).not.toContain("hidden");
  const inherited = Object.keys(variables).filter(
    (name) => !/^(AWS_|LAMBDA_|_|PYTHON|RUN_ID$|TZ$|LANG$|LC_|PWD$|PYENV_|SHLVL$)/.test(name),
  );
  expect(inherited.filter((name) => !["PATH", "HOME", "TMPDIR"].includes(name))).toEqual([]);
});
