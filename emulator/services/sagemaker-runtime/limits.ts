import { bytes, range, text } from "../../core/limits.ts";

// https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_runtime_InvokeEndpoint.html
const name = text({ max: 63, pattern: "[a-zA-Z0-9](-*[a-zA-Z0-9])*" });
const header = text({ max: 1024, pattern: String.raw`\p{ASCII}*` });
const printable = String.raw`\S[\x20-\x7E]*`;
export const invokeEndpointLimits = {
  EndpointName: name,
  ContentType: header,
  Accept: header,
  CustomAttributes: header,
  TargetModel: text({ min: 1, max: 1024, pattern: printable }),
  TargetVariant: name,
  TargetContainerHostname: name,
  InferenceId: text({ min: 1, max: 64, pattern: printable }),
};

// DIFFERS: the API page still says 6 MiB; the hosting guide and its FAQ say 25 MB for real-time endpoints:
// https://docs.aws.amazon.com/sagemaker/latest/dg/realtime-endpoints.html
export const MAX_PAYLOAD_BYTES = 25 * 1024 * 1024;

// https://docs.aws.amazon.com/sagemaker/latest/dg/your-algorithms-inference-code.html
export const INVOCATION_TIMEOUT_MS = 60_000;

// https://docs.aws.amazon.com/sagemaker/latest/dg/realtime-endpoints-test-endpoints.html
export const STREAM_TIMEOUT_MS = 8 * 60_000;

/** UNCONFIRMED: how AWS cuts an answer into parts. */
export const MAX_PART_BYTES = 1024 * 1024;

// https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_runtime_InvokeEndpointAsync.html
export const ASYNC_TTL_SECONDS = 21_600;
export const ASYNC_TIMEOUT_SECONDS = 900;
export const invokeEndpointAsyncLimits = {
  EndpointName: name,
  ContentType: header,
  Accept: header,
  CustomAttributes: header,
  InferenceId: invokeEndpointLimits.InferenceId,
  InputLocation: text({ min: 1, max: 1024, pattern: "(https|s3)://([^/]+)/?(.*)" }),
  S3OutputPathExtension: text({ min: 1, max: 512, pattern: "(?!s3:|https:).*" }),
  Filename: text({ min: 1, max: 32, pattern: String.raw`[^.]*\.?[^.]*` }),
  RequestTTLSeconds: range(60, 21_600),
  InvocationTimeoutSeconds: range(1, 3600),
  Body: bytes({ max: 128_000 }),
};

/** UNCONFIRMED: AWS finds a number of its own where MaxConcurrentInvocationsPerInstance is absent. */
export const ASYNC_CONCURRENCY = 4;
