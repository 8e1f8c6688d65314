import type {
  InvokeEndpointInput,
  InvokeEndpointWithResponseStreamInput,
} from "@aws-sdk/client-sagemaker-runtime";
import { notEmulated, notForThisEndpoint } from "./errors.ts";

type Input = Omit<
  InvokeEndpointInput | InvokeEndpointWithResponseStreamInput,
  "Body" | "EndpointName"
>;

/** Members that only other kinds of endpoint take, or that would change the answer. */
export function refuseUnemulated(input: Input): void {
  const members = input as Omit<InvokeEndpointInput, "Body" | "EndpointName">;
  for (const [member, needs] of OF_OTHER_ENDPOINTS) {
    if (members[member] !== undefined) throw notForThisEndpoint(member, needs);
  }
  for (const member of ["SessionId", "PrefixAwareId"] as const) {
    if (members[member] !== undefined) throw notEmulated(member);
  }
}

const OF_OTHER_ENDPOINTS = [
  ["TargetContainerHostname", "endpoints in Direct mode"],
  ["InferenceComponentName", "endpoints with inference components"],
  ["EnableExplanations", "endpoints with an explainer"],
] as const;
