/** An answer through API Gateway, which pages of other origins may read. */
export interface HttpAnswer {
  readonly statusCode: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** What the caller did wrong. */
export class BadRequest extends Error {
  override readonly name = "BadRequest";
  readonly statusCode: number;

  constructor(message: string, statusCode = 400) {
    super(message);
    this.statusCode = statusCode;
  }
}

/** Answers JSON: what `work` gives, or what the caller did wrong as `{"message"}`. */
export async function answered(
  work: () => Promise<{ body: unknown; headers?: Record<string, string> }>,
): Promise<HttpAnswer> {
  try {
    const { body, headers } = await work();
    return json({ statusCode: 200, body, headers });
  } catch (error) {
    if (!(error instanceof BadRequest)) throw error;
    return json({ statusCode: error.statusCode, body: { message: error.message } });
  }
}

/** A user's name out of a path. It begins the names of the user's files, up to the first "_". */
export function readUser(text: string | undefined): string {
  const user = decoded(text);
  if (/^[\w-]{1,64}$/.test(user) && !user.includes("_")) return user;
  throw new BadRequest(
    `"${user.slice(0, 40)}" is no user: letters, digits and hyphens, 64 at most`,
  );
}

/** A parameter of a path; version 1 of the payload hands some over encoded. */
export function decoded(text = ""): string {
  try {
    return decodeURIComponent(text);
  } catch {
    throw new BadRequest(`"${text.slice(0, 40)}" is not encoded as a URL is`);
  }
}

function json({
  statusCode,
  body,
  headers,
}: {
  statusCode: number;
  body: unknown;
  headers?: Record<string, string>;
}): HttpAnswer {
  return {
    statusCode,
    headers: {
      "Content-Type": "application/json",
      "Access-Control-Allow-Origin": "*",
      "Access-Control-Expose-Headers": "X-Forecast-Plot,X-Components-Plot",
      ...headers,
    },
    body: JSON.stringify(body),
  };
}
