import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

/** An answer: a body with status 200, or an error by AWS's name. */
export type Answer = object | { readonly error: string; readonly status?: number };

/** What the account looks like; tests change what they are about. */
export interface Account {
  /** By operation's name; HEAD by `HeadBucket`, `HeadObject`. */
  [operation: string]: Answer;
}

export const MODEL_IMAGE =
  "123456789012.dkr.ecr.eu-west-1.amazonaws.com/wavetank/model-server:0.1.0";

/** An account in which ride-duration can be deployed. */
export const READY: Account = {
  GetCallerIdentity: { Account: "123456789012", Arn: "arn:aws:iam::123456789012:user/ada" },
  DescribeLimits: {
    ShardLimit: 20,
    OpenShardCount: 3,
    OnDemandStreamCount: 0,
    OnDemandStreamCountLimit: 50,
  },
  "account-settings": {
    AccountLimit: { ConcurrentExecutions: 1000, UnreservedConcurrentExecutions: 900 },
  },
  ListServiceQuotas: {
    Quotas: [
      { QuotaName: "ml.m5.large for training job usage", Value: 0 },
      { QuotaName: "ml.m5.large for endpoint usage", Value: 4 },
    ],
  },
  DescribeImages: {
    imageDetails: [
      {
        imageSizeInBytes: 180_000_000,
        imageManifestMediaType: "application/vnd.docker.distribution.manifest.v2+json",
      },
    ],
  },
  HeadBucket: { error: "NotFound", status: 404 },
  HeadObject: {},
};

/** Plays AWS for the operations that `doctor --aws` asks, and keeps their names. */
export class AwsServer implements AsyncDisposable {
  readonly asked: string[] = [];
  readonly #account: Account;
  readonly #server = createServer((request, response) => this.#answer(request, response));

  private constructor(account: Account) {
    this.#account = account;
  }

  static async start(changes: Account = {}): Promise<AwsServer> {
    const server = new AwsServer({ ...READY, ...changes });
    await new Promise<void>((done) => server.#server.listen(0, "127.0.0.1", done));
    return server;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((done) => this.#server.close(done));
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = (await request.toArray()).join("");
    const operation = operationOf(request, body);
    this.asked.push(operation);
    const answer: Answer = this.#account[operation] ?? { error: "UnknownOperationException" };
    const isError = "error" in answer;
    response.statusCode = isError ? (answer.status ?? 400) : 200;
    if (operation === "GetCallerIdentity") {
      response
        .setHeader("content-type", "text/xml")
        .end(isError ? stsError(answer) : caller(answer));
    } else if (request.method === "HEAD") {
      response.end();
    } else if (isError) {
      response.setHeader("x-amzn-errortype", answer.error);
      response.end(JSON.stringify({ __type: answer.error, message: "You may not." }));
    } else {
      response.setHeader("content-type", "application/x-amz-json-1.1").end(JSON.stringify(answer));
    }
  }
}

function operationOf({ method, url = "", headers }: IncomingMessage, body: string): string {
  const target = headers["x-amz-target"];
  if (typeof target === "string") return target.split(".")[1] ?? "";
  if (method === "HEAD")
    return url.split("/").filter(Boolean).length > 1 ? "HeadObject" : "HeadBucket";
  return new URLSearchParams(body).get("Action") ?? url.split("/").at(-1) ?? "";
}

function caller(answer: object): string {
  const members = Object.entries(answer).map(([name, value]) => `<${name}>${value}</${name}>`);
  return `<GetCallerIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><GetCallerIdentityResult>${members.join("")}</GetCallerIdentityResult></GetCallerIdentityResponse>`;
}

function stsError({ error }: { readonly error: string }): string {
  return `<ErrorResponse><Error><Type>Sender</Type><Code>${error}</Code><Message>No.</Message></Error></ErrorResponse>`;
}
