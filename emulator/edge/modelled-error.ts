import type { Service } from "../core/service.ts";

/** What AWS's model says of an error: its HTTP status and the names of its members. */
export interface ModelledError {
  readonly status: number | undefined;
  readonly memberNames: readonly string[];
  /** "com.amazonaws.cloudwatch". */
  readonly namespace: string;
  /** What the error was called in the service's Query days: "InvalidParameterValue". */
  readonly queryCode: string | undefined;
}

/** Finds an error by name in the service's published model; `undefined` for errors AWS does not model. */
export async function modelledError(
  service: Service,
  code: string,
): Promise<ModelledError | undefined> {
  const schema = (await service.model())[`${code}$`];
  // [-3, namespace, name, traits, member names, …] is an error's static schema.
  if (!Array.isArray(schema) || schema[0] !== -3) return undefined;
  const traits = schema[3] as { httpError?: number; awsQueryError?: [string, number] };
  return {
    status: traits.httpError,
    memberNames: schema[4] as string[],
    namespace: String(schema[1]),
    queryCode: traits.awsQueryError?.[0],
  };
}
