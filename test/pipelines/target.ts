import { join } from "node:path";
import { packageRoot } from "../../emulator/pipelines/pipeline.ts";
import { type ClientConfig, type Closable, startTank, type TestTank } from "../support/tank.ts";

/** Where the suite of the pipelines runs: `TARGET=embedded|localstack|aws npm run test:pipelines`. */
export const targetName = process.env.TARGET ?? "embedded";

/** A deployed stack, wherever it stands. */
export interface Target extends AsyncDisposable {
  /** An SDK client that talks to it. */
  client<T extends Closable>(Client: new (config: ClientConfig) => T): T;
  /** What was on the streams before is not this test's; `undefined` where nothing was. */
  readonly since: Date | undefined;
  readonly accountId: string;
  readonly region: string;
  /** Where a REST API's stage answers. */
  restApiUrl(apiId: string, stage: string): string;
}

/** Deploys a pipeline's template; on AWS `sam deploy` has done so before. */
export async function deployed(
  pipeline: string,
  parameters: Record<string, string> = {},
): Promise<Target> {
  if (targetName === "aws") return onAws();
  const tank = await startTank({
    ...(targetName === "localstack" && {
      backends: {
        backends: { kinesis: "localstack", s3: "localstack" },
        localstackUrl: process.env.WAVETANK_LOCALSTACK_URL,
      },
    }),
  });
  const template = join(packageRoot(), "handlers", pipeline, "template.yaml");
  const stack = await tank.deploy(template, { parameters });
  return targetOf(tank, async () => {
    // The next test begins with none of it.
    if (targetName === "localstack") await stack.delete();
    await tank.stop();
  });
}

function targetOf(tank: TestTank, end: () => Promise<void>): Target {
  return {
    client: (Client) => tank.client(Client, { maxAttempts: 3 }),
    since: undefined,
    ...tank.scope,
    restApiUrl: (apiId, stage) => `${tank.url}/_api/${apiId}/${stage}`,
    [Symbol.asyncDispose]: end,
  };
}

/** The user's own account, as the SDK's clients find it. */
async function onAws(): Promise<Target> {
  const { GetCallerIdentityCommand, STSClient } = await import("@aws-sdk/client-sts");
  const sts = new STSClient({});
  const region = await sts.config.region();
  const { Account } = await sts.send(new GetCallerIdentityCommand({}));
  const clients: Closable[] = [sts];
  return {
    client: (Client) => {
      const client = new Client({ region } as ClientConfig);
      clients.push(client);
      return client;
    },
    since: new Date(),
    accountId: String(Account),
    region,
    restApiUrl: (apiId, stage) => `https://${apiId}.execute-api.${region}.amazonaws.com/${stage}`,
    [Symbol.asyncDispose]: async () => {
      for (const client of clients) client.destroy();
    },
  };
}
