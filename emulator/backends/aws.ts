import { Sha256Node } from "@smithy/core/checksum";
import { SignatureV4 } from "@smithy/signature-v4";
import type { AwsCredentialIdentity } from "@smithy/types";
import { AwsError, messageOf, WavetankError } from "../core/errors.ts";
import { endToEnd, HttpExchange } from "../core/http-exchange.ts";
import type { WireRequest, WireResponse } from "../core/wire.ts";
import type { ClientConfig, SignedFor, Site } from "./site.ts";

type Credentials = () => Promise<AwsCredentialIdentity>;

/** Headers that belong to the signature that came, or are made anew. */
const REPLACED = new Set([
  "authorization",
  "content-length",
  "expect",
  "host",
  "x-amz-content-sha256",
  "x-amz-date",
  "x-amz-security-token",
]);

/** A presigned link's own parameters, of both forms that clients use. */
const PRESIGNED =
  /^(X-Amz-(Algorithm|Credential|Date|Expires|SignedHeaders|Signature|Security-Token)|AWSAccessKeyId|Signature|Expires)$/;

/** AWS itself, asked with the user's own credentials whatever the client of the tank has signed with. */
export class Aws implements Site {
  readonly name = "aws";
  readonly #exchange = new HttpExchange();
  readonly #credentials: Credentials;
  readonly #endpointOf: (signed: SignedFor, path: string) => URL;
  readonly #signers = new Map<string, SignatureV4>();

  constructor(
    options: {
      /** The SDK's own chain when absent: environment, profile, SSO, instance. */
      credentials?: Credentials;
      endpointOf?: (signed: SignedFor, path: string) => URL;
    } = {},
  ) {
    this.#credentials = options.credentials ?? defaultCredentials();
    this.#endpointOf = options.endpointOf ?? endpointOf;
  }

  /** Signs a request anew and passes it on. */
  async forward(request: WireRequest, signed: SignedFor): Promise<WireResponse> {
    const endpoint = this.#endpointOf(signed, request.path);
    try {
      const headers = await this.#signedHeaders(request, { signed, endpoint });
      const url = new URL(endpoint);
      url.pathname = request.path;
      url.search = new URLSearchParams(queryOf(request)).toString().replaceAll("+", "%20");
      return await this.#exchange.send({
        method: request.method,
        url,
        headers,
        body: request.body,
      });
    } catch (error) {
      const message = `AWS was not reached at ${endpoint.host}: ${messageOf(error)}`;
      throw new AwsError("ServiceUnavailable", message, { status: 503 });
    }
  }

  clientConfig(region: string): ClientConfig {
    return { region };
  }

  /** @throws WavetankError ERR_BACKEND when there are no credentials */
  async ready(): Promise<void> {
    await this.#credentials().catch((cause: unknown) => {
      throw new WavetankError("ERR_BACKEND", `There are no AWS credentials: ${messageOf(cause)}`, {
        hint: "Sign in, e.g. with `aws sso login` or `aws configure`; `wavetank doctor --aws` checks more.",
        cause,
      });
    });
  }

  close(): void {
    this.#exchange.close();
  }

  async #signedHeaders(
    request: WireRequest,
    { signed, endpoint }: { signed: SignedFor; endpoint: URL },
  ): Promise<Record<string, string>> {
    const kept = Object.entries(endToEnd(request.headers)).filter(([name]) => !REPLACED.has(name));
    const { headers } = await this.#signerFor(signed).sign({
      method: request.method,
      protocol: endpoint.protocol,
      hostname: endpoint.hostname,
      path: request.path,
      query: queryOf(request),
      headers: { ...Object.fromEntries(kept), host: endpoint.host },
      body: request.body,
    });
    return headers;
  }

  #signerFor({ service, region }: SignedFor): SignatureV4 {
    const key = `${region}/${service}`;
    let signer = this.#signers.get(key);
    if (!signer) {
      // S3 alone takes a path as it is: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html
      const uriEscapePath = service !== "s3";
      const credentials = this.#credentials;
      signer = new SignatureV4({ service, region, credentials, uriEscapePath, sha256: Sha256Node });
      this.#signers.set(key, signer);
    }
    return signer;
  }
}

function queryOf({ query }: WireRequest): Record<string, string> {
  return Object.fromEntries([...query].filter(([name]) => !PRESIGNED.test(name)));
}

/** Where AWS answers for a service: https://docs.aws.amazon.com/general/latest/gr/rande.html */
export function endpointOf({ service, region }: SignedFor, path: string): URL {
  const isInvocation = path.startsWith("/endpoints/") && path.includes("/invocations");
  const host = service === "sagemaker" ? `${isInvocation ? "runtime" : "api"}.sagemaker` : service;
  const domain = region.startsWith("cn-") ? "amazonaws.com.cn" : "amazonaws.com";
  return new URL(`https://${host}.${region}.${domain}`);
}

/** Loaded when first asked for: whoever stays embedded does not wait for it. */
function defaultCredentials(): Credentials {
  let provider: Promise<Credentials> | undefined;
  return async () => {
    provider ??= import("@aws-sdk/credential-provider-node").then(({ defaultProvider }) =>
      defaultProvider(),
    );
    return (await provider)();
  };
}
