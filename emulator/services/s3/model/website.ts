import type { Redirect, RoutingRule } from "./redirect.ts";

// https://docs.aws.amazon.com/AmazonS3/latest/userguide/WebsiteHosting.html

/** How a bucket is served as a website. */
export interface Website {
  /** What answers for a folder: "index.html". */
  readonly indexSuffix: string;
  /** The object that answers for errors of the 4xx kind. */
  readonly errorKey: string | undefined;
  /** Where every request goes; nothing of the rest counts then. */
  readonly redirectAll: Redirect | undefined;
  readonly rules: readonly RoutingRule[];
}

export interface WebError {
  readonly status: number;
  readonly code: string;
  readonly message: string;
  /** What it is about: `Key`, `BucketName`. */
  readonly members: Readonly<Record<string, unknown>>;
}

/** The page that S3 shows where there is no error document, or none that could be read. */
export function errorPage(
  error: WebError,
  { requestId, documentError }: { requestId: string; documentError?: WebError | undefined },
): string {
  const title = `${error.status} ${REASONS[error.status] ?? "Error"}`;
  const facts = [...factsOf(error), ["RequestId", requestId], ["HostId", "wavetank"]] as const;
  const about = documentError
    ? `<h3>An Error Occurred While Attempting to Retrieve a Custom Error Document</h3>\n${listOf(factsOf(documentError))}`
    : "";
  return `<html>\n<head><title>${title}</title></head>\n<body>\n<h1>${title}</h1>\n${listOf(facts)}${about}<hr/>\n</body>\n</html>\n`;
}

const REASONS: Readonly<Record<number, string>> = {
  400: "Bad Request",
  403: "Forbidden",
  404: "Not Found",
  405: "Method Not Allowed",
  412: "Precondition Failed",
  416: "Requested Range Not Satisfiable",
};

function factsOf({ code, message, members }: WebError): (readonly [string, string])[] {
  const about = Object.entries(members).map(([name, value]) => [name, String(value)] as const);
  return [["Code", code], ["Message", message], ...about];
}

function listOf(facts: readonly (readonly [string, string])[]): string {
  const lines = facts.map(([name, value]) => `<li>${name}: ${escaped(value)}</li>\n`);
  return `<ul>\n${lines.join("")}</ul>\n`;
}

/** A key comes from whoever composed the link, and must not become markup. */
function escaped(text: string): string {
  const entities: Readonly<Record<string, string>> = {
    "&": "&amp;",
    "<": "&lt;",
    ">": "&gt;",
    '"': "&quot;",
    "'": "&#39;",
  };
  return text.replace(/[&<>"']/g, (character) => entities[character] ?? character);
}
