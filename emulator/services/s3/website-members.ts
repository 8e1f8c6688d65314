import type {
  Redirect as RedirectMembers,
  RoutingRule as RoutingRuleMembers,
  WebsiteConfiguration,
} from "@aws-sdk/client-s3";
import type { Checked } from "../../core/service.ts";
import { invalidArgument, invalidRequest } from "./errors.ts";
import type { Redirect, RoutingRule } from "./model/redirect.ts";
import type { Website } from "./model/website.ts";

// https://docs.aws.amazon.com/AmazonS3/latest/API/API_WebsiteConfiguration.html
const DEFAULT_REDIRECT = 301;

/** A website as a request configures it. */
export function websiteOf(configuration: Checked<WebsiteConfiguration>): Website {
  const { IndexDocument, ErrorDocument, RedirectAllRequestsTo, RoutingRules } = configuration;
  if (RedirectAllRequestsTo) {
    if (IndexDocument || ErrorDocument || RoutingRules) {
      throw invalidArgument(
        "RedirectAllRequestsTo cannot be provided in conjunction with other Routing Rules.",
        "RedirectAllRequestsTo",
        "not null",
      );
    }
    const redirectAll = redirectOf(RedirectAllRequestsTo);
    return { redirectAll, indexSuffix: "", errorKey: undefined, rules: [] };
  }
  const indexSuffix = IndexDocument?.Suffix;
  if (indexSuffix === undefined) {
    throw invalidArgument(
      "A value for IndexDocument Suffix must be provided if RedirectAllRequestsTo is empty",
      "IndexDocument",
      "null",
    );
  }
  if (indexSuffix === "" || indexSuffix.includes("/")) {
    throw invalidArgument(
      "The IndexDocument Suffix is not well formed",
      "IndexDocument",
      indexSuffix,
    );
  }
  const rules = (RoutingRules ?? []).map(ruleOf);
  return { redirectAll: undefined, indexSuffix, errorKey: ErrorDocument?.Key, rules };
}

/** A website's configuration as it was given. */
export function describeWebsite(website: Website): WebsiteConfiguration {
  const { redirectAll, indexSuffix, errorKey, rules } = website;
  if (redirectAll) {
    const { hostName: HostName, protocol: Protocol } = redirectAll;
    return { RedirectAllRequestsTo: { HostName, ...protocolMember(Protocol) } };
  }
  return {
    IndexDocument: { Suffix: indexSuffix },
    ...(errorKey !== undefined && { ErrorDocument: { Key: errorKey } }),
    ...(rules.length > 0 && { RoutingRules: rules.map(describeRule) }),
  };
}

function ruleOf({ Condition, Redirect }: Checked<RoutingRuleMembers>): RoutingRule {
  const { KeyPrefixEquals, HttpErrorCodeReturnedEquals: status } = Condition ?? {};
  if (Condition && KeyPrefixEquals === undefined && status === undefined) {
    throw invalidRequest(
      "Condition cannot be empty. To redirect all requests without a condition, the condition element shouldn't be present.",
    );
  }
  if (status !== undefined && !/^[45]\d\d$/.test(status)) {
    throw invalidRequest(
      `The provided HTTP error code (${status}) is not valid. Valid codes are 4XX or 5XX.`,
    );
  }
  const errorStatus = status === undefined ? undefined : Number(status);
  return { redirect: redirectOf(Redirect), prefix: KeyPrefixEquals, errorStatus };
}

function redirectOf(members: Checked<RedirectMembers>): Redirect {
  const { HostName, HttpRedirectCode, Protocol, ReplaceKeyPrefixWith, ReplaceKeyWith } = members;
  if (Protocol !== undefined && Protocol !== "http" && Protocol !== "https") {
    throw invalidRequest(
      "Invalid protocol, protocol can be http or https. If not defined the protocol will be selected automatically.",
    );
  }
  if (ReplaceKeyPrefixWith !== undefined && ReplaceKeyWith !== undefined) {
    throw invalidRequest("You can only define ReplaceKeyPrefix or ReplaceKey but not both.");
  }
  if (HttpRedirectCode !== undefined && !/^3(?!00)\d\d$/.test(HttpRedirectCode)) {
    throw invalidRequest(
      `The provided HTTP redirect code (${HttpRedirectCode}) is not valid. Valid codes are 3XX except 300.`,
    );
  }
  return {
    status: Number(HttpRedirectCode ?? DEFAULT_REDIRECT),
    hostName: HostName,
    protocol: Protocol,
    key: ReplaceKeyWith,
    keyPrefix: ReplaceKeyPrefixWith,
  };
}

function describeRule({ redirect, prefix, errorStatus }: RoutingRule): RoutingRuleMembers {
  const { hostName, protocol, key, keyPrefix, status } = redirect;
  const condition = {
    ...(prefix !== undefined && { KeyPrefixEquals: prefix }),
    ...(errorStatus !== undefined && { HttpErrorCodeReturnedEquals: String(errorStatus) }),
  };
  return {
    ...(Object.keys(condition).length > 0 && { Condition: condition }),
    Redirect: {
      ...(hostName !== undefined && { HostName: hostName }),
      ...protocolMember(protocol),
      ...(key !== undefined && { ReplaceKeyWith: key }),
      ...(keyPrefix !== undefined && { ReplaceKeyPrefixWith: keyPrefix }),
      ...(status !== DEFAULT_REDIRECT && { HttpRedirectCode: String(status) }),
    },
  };
}

function protocolMember(protocol: string | undefined): Pick<RedirectMembers, "Protocol"> {
  if (protocol === undefined) return {};
  return { Protocol: protocol === "https" ? "https" : "http" };
}
