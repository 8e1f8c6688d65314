import { messageOf, WavetankError } from "./core/errors.ts";
import type { WireRequest, WireResponse } from "./core/wire.ts";
import { explained, type Stacks } from "./stacks.ts";
import { answer } from "./status.ts";

/**
 * `POST /_wavetank/deploy`: answers once the template is found to be right, with what will be done.
 * `GET /_wavetank/stacks` tells how it goes on.
 */
export async function deployStack(stacks: Stacks, request: WireRequest): Promise<WireResponse> {
  return await answering(async () => {
    const { template, parameters, loose, stackName } = requestIn(request);
    if (template === undefined) throw malformed("template is missing");
    const name = stackName ?? stacks.nameFor(template);
    await new Promise<void>((resolve, reject) => {
      const options = { ...(parameters && { parameters }), ...(loose && { loose }) };
      const onChanges = () => resolve();
      stacks.deploy(template, { ...options, stackName: name, onChanges }).then(onChanges, reject);
    });
    return answer(202, { name });
  });
}

/** `POST /_wavetank/delete`: answers once the stack is gone. */
export async function deleteStack(stacks: Stacks, request: WireRequest): Promise<WireResponse> {
  return await answering(async () => {
    const { stackName } = requestIn(request);
    if (stackName === undefined) throw malformed("stackName is missing");
    await stacks.delete(stackName);
    return answer(200, { name: stackName });
  });
}

async function answering(act: () => Promise<WireResponse>): Promise<WireResponse> {
  try {
    return await act();
  } catch (error) {
    return answer(400, { error: explained(error) });
  }
}

/** `{"template": "/…/template.yaml"}`, a path where the tank runs; or `{"stackName": "…"}` alone to delete. */
interface StackRequest {
  readonly template?: string;
  readonly stackName?: string;
  readonly parameters?: Record<string, string>;
  readonly loose?: boolean;
}

const CHECKS: Readonly<Record<keyof StackRequest, (value: unknown) => boolean>> = {
  template: (value) => typeof value === "string",
  stackName: (value) => typeof value === "string",
  parameters: (value) =>
    isObject(value) && Object.values(value).every((text) => typeof text === "string"),
  loose: (value) => typeof value === "boolean",
};

function requestIn({ body }: WireRequest): StackRequest {
  let request: unknown;
  try {
    request = JSON.parse(body.toString("utf8"));
  } catch (error) {
    throw malformed(messageOf(error));
  }
  if (!isObject(request)) throw malformed("it is no object");
  for (const [name, value] of Object.entries(request)) {
    const check = Object.entries(CHECKS).find(([known]) => known === name)?.[1];
    if (!check?.(value)) throw malformed(`${name} is ${check ? "of another type" : "unknown"}`);
  }
  return request;
}

function isObject(value: unknown): value is object {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function malformed(why: string): WavetankError {
  return new WavetankError("ERR_REQUEST", `The request is not understood: ${why}.`, {
    hint: 'Send {"template": "/path/of/template.yaml"} or {"stackName": "name"} as JSON.',
  });
}
