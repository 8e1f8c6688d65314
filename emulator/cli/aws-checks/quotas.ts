import { DescribeLimitsCommand } from "@aws-sdk/client-kinesis";
import { GetAccountSettingsCommand } from "@aws-sdk/client-lambda";
import { paginateListServiceQuotas, type ServiceQuota } from "@aws-sdk/client-service-quotas";
import type { Finding } from "../finding.ts";
import { ask } from "./ask.ts";
import type { AwsClients } from "./clients.ts";
import type { Needs } from "./needs.ts";

// https://docs.aws.amazon.com/general/latest/gr/aws_service_limits.html

/** Whether the account has room for what the templates need. */
export async function quotaFindings(clients: AwsClients, needs: Needs): Promise<Finding[]> {
  const { provisionedShards, onDemandStreams, concurrency, instances } = needs;
  const asked: Promise<Finding[]>[] = [];
  if (provisionedShards + onDemandStreams > 0) asked.push(streams(clients, needs));
  if (concurrency > 0) asked.push(functions(clients, needs));
  if (instances.size > 0) asked.push(endpoints(clients, needs));
  return (await Promise.all(asked)).flat();
}

async function streams({ kinesis }: AwsClients, needs: Needs): Promise<Finding[]> {
  const { provisionedShards, onDemandStreams } = needs;
  const finding = await ask(
    { check: "Kinesis", action: "kinesis:DescribeLimits" },
    {
      send: () => kinesis.send(new DescribeLimitsCommand({})),
      judge: (limits) => {
        const { ShardLimit = 0, OpenShardCount = 0 } = limits;
        const { OnDemandStreamCount = 0, OnDemandStreamCountLimit = 0 } = limits;
        const shards = { needed: provisionedShards, used: OpenShardCount, quota: ShardLimit };
        const onDemand = {
          needed: onDemandStreams,
          used: OnDemandStreamCount,
          quota: OnDemandStreamCountLimit,
        };
        const ok = fits(shards) && fits(onDemand);
        const parts = [said(shards, "shards"), said(onDemand, "on-demand streams")];
        return {
          ok,
          found: parts.filter((part) => part !== undefined).join("; "),
          ...(!ok && { remedy: raise("kinesis") }),
        };
      },
    },
  );
  return [finding];
}

async function functions({ lambda }: AwsClients, { concurrency }: Needs): Promise<Finding[]> {
  const finding = await ask(
    { check: "Lambda", action: "lambda:GetAccountSettings" },
    {
      send: () => lambda.send(new GetAccountSettingsCommand({})),
      judge: ({ AccountLimit }) => {
        const free = AccountLimit?.UnreservedConcurrentExecutions ?? 0;
        const ok = concurrency <= free;
        return {
          ok,
          found: `needs a concurrency of ${concurrency}; ${free} of ${AccountLimit?.ConcurrentExecutions ?? free} are unreserved`,
          ...(!ok && { remedy: raise("lambda") }),
        };
      },
    },
  );
  return [finding];
}

/** The quota's name for a type: `ml.m5.large for endpoint usage`. */
async function endpoints(clients: AwsClients, { instances }: Needs): Promise<Finding[]> {
  const question = { check: "SageMaker", action: "servicequotas:ListServiceQuotas" };
  let known: ReadonlyMap<string, number> = new Map();
  const listing = await ask(question, {
    send: () => endpointQuotas(clients),
    judge: (quotas) => {
      known = quotas;
      return { ok: true, found: "" };
    },
  });
  if (!listing.ok) return [listing];
  return [...instances].map(([type, needed]) => {
    const { check } = question;
    const quota = known.get(type);
    if (quota === undefined) {
      const found = `no quota "${type} for endpoint usage" is listed in this region`;
      const remedy = "Look whether SageMaker offers this instance type here.";
      return { check, ok: false, optional: true, found, remedy };
    }
    const ok = needed <= quota;
    const found = `needs ${needed} ${type} for endpoints; the quota is ${quota}, all endpoints together`;
    return { check, ok, found, ...(!ok && { remedy: raise("sagemaker") }) };
  });
}

async function endpointQuotas({ quotas }: AwsClients): Promise<Map<string, number>> {
  const found = new Map<string, number>();
  const pages = paginateListServiceQuotas({ client: quotas }, { ServiceCode: "sagemaker" });
  for await (const { Quotas = [] } of pages) for (const quota of Quotas) note(quota, found);
  return found;
}

function note({ QuotaName = "", Value = 0 }: ServiceQuota, found: Map<string, number>): void {
  const type = /^(ml\.\S+) for endpoint usage$/.exec(QuotaName)?.[1];
  if (type) found.set(type, Value);
}

interface Room {
  readonly needed: number;
  readonly used: number;
  readonly quota: number;
}

function fits({ needed, used, quota }: Room): boolean {
  return needed === 0 || used + needed <= quota;
}

function said({ needed, used, quota }: Room, noun: string): string | undefined {
  if (needed === 0) return undefined;
  return `needs ${needed} ${noun}; ${used} of ${quota} are in use`;
}

function raise(service: string): string {
  return `Ask for more at https://console.aws.amazon.com/servicequotas/home/services/${service}/quotas; it may take days.`;
}
