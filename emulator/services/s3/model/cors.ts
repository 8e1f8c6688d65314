// https://docs.aws.amazon.com/AmazonS3/latest/userguide/ManageCorsUsing.html

/** One rule of a bucket's CORS configuration, as requests spell it. */
export interface CorsRule {
  readonly ID?: string | undefined;
  readonly AllowedOrigins: readonly string[];
  readonly AllowedMethods: readonly string[];
  readonly AllowedHeaders?: readonly string[] | undefined;
  readonly ExposeHeaders?: readonly string[] | undefined;
  readonly MaxAgeSeconds?: number | undefined;
}

/** What a page wants to do. */
export interface CorsRequest {
  readonly origin: string;
  readonly method: string;
  /** In lower case; those that a preflight announces. */
  readonly headers: readonly string[];
}

/** The first rule that allows the request, and the headers that say so. */
export function allowingRule(
  rules: readonly CorsRule[],
  { origin, method, headers }: CorsRequest,
): CorsRule | undefined {
  return rules.find(
    ({ AllowedOrigins, AllowedMethods, AllowedHeaders = [] }) =>
      AllowedOrigins.some((pattern) => fits(origin, pattern)) &&
      AllowedMethods.includes(method) &&
      headers.every((name) => AllowedHeaders.some((pattern) => fits(name, pattern.toLowerCase()))),
  );
}

export function corsHeaders(rule: CorsRule, request: CorsRequest): Record<string, string> {
  const { AllowedOrigins, AllowedMethods, ExposeHeaders = [], MaxAgeSeconds } = rule;
  const isForAll = AllowedOrigins.includes("*");
  return {
    "Access-Control-Allow-Origin": isForAll ? "*" : request.origin,
    "Access-Control-Allow-Methods": AllowedMethods.join(", "),
    ...(request.headers.length > 0 && {
      "Access-Control-Allow-Headers": request.headers.join(", "),
    }),
    ...(ExposeHeaders.length > 0 && { "Access-Control-Expose-Headers": ExposeHeaders.join(", ") }),
    ...(MaxAgeSeconds !== undefined && { "Access-Control-Max-Age": String(MaxAgeSeconds) }),
    ...(!isForAll && { "Access-Control-Allow-Credentials": "true" }),
    Vary: "Origin, Access-Control-Request-Headers, Access-Control-Request-Method",
  };
}

/** Whether a rule names a page's origin in full, and does not just let it in among many. */
export function namesOrigin(rules: readonly CorsRule[], origin: string): CorsRule[] {
  return rules.filter(({ AllowedOrigins }) => AllowedOrigins.includes(origin));
}

/** Patterns have one asterisk at most, which stands for any text. */
function fits(text: string, pattern: string): boolean {
  const star = pattern.indexOf("*");
  if (star < 0) return text === pattern;
  const [head, tail] = [pattern.slice(0, star), pattern.slice(star + 1)];
  return text.length >= head.length + tail.length && text.startsWith(head) && text.endsWith(tail);
}
