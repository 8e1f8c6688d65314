import {
  type DataCaptureConfig,
  type DataCaptureConfigSummary,
  DescribeEndpoint$,
  type DescribeEndpointInput,
  type DescribeEndpointOutput,
  type ProductionVariantSummary,
} from "@aws-sdk/client-sagemaker";
import { operation } from "../../../core/service.ts";
import type { Endpoint } from "../endpoint.ts";
import type { SageMakerEngine } from "../engine.ts";
import { endpointName } from "../limits.ts";
import type { PlannedVariant } from "../resources.ts";
import type { DeployedVariant } from "../serving/deployed-variant.ts";

// https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_DescribeEndpoint.html
type Output = DescribeEndpointOutput;

export const DescribeEndpoint = operation<SageMakerEngine, DescribeEndpointInput, Output>({
  schema: DescribeEndpoint$,
  limits: { EndpointName: endpointName },
  handle(sagemaker, input, call) {
    const endpoint = sagemaker.endpoints(call).get(input.EndpointName);
    const { failureReason, plan } = endpoint;
    const [first] = endpoint.fleet;
    const { DataCaptureConfig: capture, AsyncInferenceConfig } = plan.config.declared;
    return {
      EndpointName: endpoint.name,
      EndpointArn: endpoint.arn,
      EndpointConfigName: endpoint.configName,
      EndpointStatus: endpoint.status,
      CreationTime: new Date(endpoint.createdAt),
      LastModifiedTime: new Date(endpoint.modifiedAt),
      ProductionVariants: plan.variants.map((variant) =>
        summaryOf(variant, { endpoint, serving: endpoint.variant(variant.name) }),
      ),
      ...(plan.shadow && {
        ShadowProductionVariants: [summaryOf(plan.shadow, { endpoint, serving: first?.shadow })],
      }),
      ...(capture && { DataCaptureConfig: captureOf(capture, endpoint) }),
      ...(AsyncInferenceConfig && { AsyncInferenceConfig }),
      ...(endpoint.deployment && { LastDeploymentConfig: endpoint.deployment }),
      ...(failureReason !== undefined && { FailureReason: failureReason }),
    };
  },
  summarize: (_input, { EndpointName, EndpointStatus }) => `${EndpointName} · ${EndpointStatus}`,
});

function captureOf(capture: DataCaptureConfig, { status }: Endpoint): DataCaptureConfigSummary {
  const { EnableCapture = true, InitialSamplingPercentage, DestinationS3Uri, KmsKeyId } = capture;
  const isRunning = EnableCapture && status === "InService";
  return {
    EnableCapture,
    CaptureStatus: isRunning ? "Started" : "Stopped",
    CurrentSamplingPercentage: InitialSamplingPercentage,
    DestinationS3Uri,
    // The model names it as required; AWS leaves it out where there is none.
    KmsKeyId: KmsKeyId as string,
  };
}

function summaryOf(
  variant: PlannedVariant,
  { endpoint, serving }: { endpoint: Endpoint; serving: DeployedVariant | undefined },
): ProductionVariantSummary {
  const { name, weight, instanceCount, routing } = variant;
  const { image } = variant.model;
  const { status } = endpoint;
  const createdAt = new Date(endpoint.createdAt);
  const isMoving = status === "Creating" || status === "Updating" || status === "Deleting";
  return {
    VariantName: name,
    // The image is not pulled, so there is no digest to resolve it to.
    ...(image !== undefined && {
      DeployedImages: [{ SpecifiedImage: image, ResolvedImage: image, ResolutionTime: createdAt }],
    }),
    CurrentWeight: serving?.weight ?? weight,
    DesiredWeight: serving?.desiredWeight ?? weight,
    CurrentInstanceCount: serving?.instanceCount ?? 0,
    DesiredInstanceCount: serving?.desiredInstanceCount ?? instanceCount,
    ...(routing && { RoutingConfig: routing }),
    ...(isMoving && {
      VariantStatus: [{ Status: status, StartTime: new Date(endpoint.modifiedAt) }],
    }),
  };
}
