import { GetCallerIdentityCommand } from "@aws-sdk/client-sts";
import { messageOf } from "../../core/errors.ts";
import type { Scope } from "../../core/service.ts";
import type { Finding } from "../finding.ts";
import { awsErrorName } from "./ask.ts";
import type { AwsClients } from "./clients.ts";

/** Who asks, and where; `scope` is absent when that is not settled, and nothing else can be asked. */
export interface Identity {
  readonly findings: readonly Finding[];
  readonly scope?: Scope;
}

/** Emulators answer with this account; AWS gives it to nobody. */
const EMULATED_ACCOUNT = "000000000000";
/** What an emulator's users set: nobody's key at AWS. */
const DUMMY_KEY = "test";

const LOGIN =
  "Log in with `aws sso login` or `aws login`, set AWS_PROFILE, or run `aws configure`, then ask again.";

const NETWORK = "Check the region's name, then the network.";

/** What each error of GetCallerIdentity means to the person at the keyboard. */
const REFUSALS: Readonly<Record<string, { found: string; remedy: string }>> = {
  CredentialsProviderError: { found: "none were found", remedy: LOGIN },
  ExpiredToken: { found: "they have expired", remedy: LOGIN },
  ExpiredTokenException: { found: "they have expired", remedy: LOGIN },
  TokenProviderError: { found: "the login has expired", remedy: LOGIN },
  InvalidClientTokenId: {
    found: "AWS does not know the access key",
    remedy: "Correct the key, or enable this region for the account if it is one to opt in to.",
  },
  SignatureDoesNotMatch: {
    found: "the secret key does not fit the access key",
    remedy: "Correct the secret key, and this machine's clock if it is wrong.",
  },
};

/** Region and credentials, as every AWS client in Node finds them. */
export async function identify(
  clients: AwsClients,
  env: Readonly<Record<string, string | undefined>>,
): Promise<Identity> {
  const region = await regionOf(clients);
  const findings: Finding[] = [
    region
      ? { check: "region", ok: true, found: region }
      : {
          check: "region",
          ok: false,
          found: "none is set",
          remedy: "export AWS_REGION=us-east-1, or set region in the profile.",
        },
  ];
  const local = localEndpoint(env);
  if (local) return { findings: [...findings, local] };
  if (!region) return { findings };
  const { finding, accountId } = await caller(clients);
  const whole = [...findings, finding];
  return accountId ? { findings: whole, scope: { accountId, region } } : { findings: whole };
}

async function regionOf({ sts }: AwsClients): Promise<string | undefined> {
  try {
    return await sts.config.region();
  } catch {
    return undefined;
  }
}

/** A shell that is set up for the tank would have every question answered by the tank. */
function localEndpoint(env: Readonly<Record<string, string | undefined>>): Finding | undefined {
  for (const [name, value] of Object.entries(env)) {
    if (!/^AWS_ENDPOINT_URL(_|$)/.test(name) || !value || !isLoopback(value)) continue;
    return {
      check: "credentials",
      ok: false,
      found: `${name}=${value} sends every question to this machine, not to AWS`,
      remedy: "unset AWS_ENDPOINT_URL AWS_ACCESS_KEY_ID AWS_SECRET_ACCESS_KEY, then ask again.",
    };
  }
  return undefined;
}

function isLoopback(url: string): boolean {
  if (!URL.canParse(url)) return false;
  const { hostname } = new URL(url);
  return /^(localhost|.+\.localhost|127\..+|\[::1\]|0\.0\.0\.0|host\.docker\.internal)$/.test(
    hostname,
  );
}

async function caller({
  sts,
}: AwsClients): Promise<{ finding: Finding; accountId?: string | undefined }> {
  const check = "credentials";
  const dummy = {
    check,
    ok: false,
    remedy: "unset AWS_ACCESS_KEY_ID AWS_SECRET_ACCESS_KEY, and log in to AWS.",
  };
  try {
    const { accessKeyId } = await sts.config.credentials();
    if (accessKeyId === DUMMY_KEY) {
      return { finding: { ...dummy, found: `the access key "${DUMMY_KEY}" is an emulator's` } };
    }
    const { Account = "", Arn } = await sts.send(new GetCallerIdentityCommand({}));
    if (Account === EMULATED_ACCOUNT) {
      const found = `account ${Account} is an emulator's: a profile names its address`;
      return { finding: { ...dummy, found } };
    }
    const finding = { check, ok: true, found: `account ${Account}, ${Arn}` };
    return { finding, accountId: Account };
  } catch (error) {
    const name = awsErrorName(error);
    if (name === undefined) throw error;
    // The network's errors are named by its codes: ENOTFOUND, EAI_AGAIN, ECONNREFUSED.
    const remedy = /^E[A-Z_]+$|^TimeoutError$/.test(name) ? NETWORK : LOGIN;
    const known = REFUSALS[name] ?? { found: `${name}: ${messageOf(error)}`, remedy };
    return { finding: { check, ok: false, ...known } };
  }
}
