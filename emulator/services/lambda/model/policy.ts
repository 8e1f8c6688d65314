// https://docs.aws.amazon.com/lambda/latest/dg/access-control-resource-based.html

/** A statement of a resource-based policy, as its JSON document spells it. */
export interface Statement {
  readonly Sid: string;
  readonly Effect: "Allow";
  readonly Principal: "*" | Readonly<Record<string, string>>;
  readonly Action: string;
  readonly Resource: string;
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, string>>>>;
}

/** The document that a resource's statements make. */
export function policyDocument(statements: Iterable<Statement>): string {
  return JSON.stringify({ Version: "2012-10-17", Id: "default", Statement: [...statements] });
}

/** Who a principal is: a service by its host name, an account by its number or its ARN, or everybody. */
export function principalOf(principal: string): Statement["Principal"] {
  if (principal === "*") return "*";
  if (/^\d{12}$/.test(principal)) return { AWS: `arn:aws:iam::${principal}:root` };
  return principal.startsWith("arn:") ? { AWS: principal } : { Service: principal };
}
