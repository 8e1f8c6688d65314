import type { WavetankError } from "../../emulator/core/errors.ts";
import type { AwsApi } from "../../emulator/template/api.ts";
import { type DeployOptions, deploy } from "../../emulator/template/deploy.ts";
import type { Stack } from "../../emulator/template/stack.ts";
import { templateOf } from "./reading.ts";

/** Deploys a template of this text as the stack `ride`. */
export function deployText(
  text: string,
  api: AwsApi,
  options: Partial<DeployOptions> = {},
): Promise<Stack> {
  return deploy(templateOf(text, "/"), { stackName: "ride", api, ...options });
}

/** The error of a deploy that must fail. */
export async function failure(deploying: Promise<unknown>): Promise<WavetankError> {
  return await deploying.then(
    () => {
      throw new Error("the deploy succeeded");
    },
    (error: WavetankError) => error,
  );
}

/** A model behind an endpoint, out of order. */
export const SERVING = `
Resources:
  Role: { Type: AWS::IAM::Role, Properties: { AssumeRolePolicyDocument: {} } }
  Endpoint:
    Type: AWS::SageMaker::Endpoint
    Properties: { EndpointName: ride, EndpointConfigName: !GetAtt Config.EndpointConfigName }
  Config:
    Type: AWS::SageMaker::EndpointConfig
    Properties:
      ProductionVariants:
        - { VariantName: All, ModelName: !GetAtt Model.ModelName, InitialInstanceCount: "1", InstanceType: ml.m5.large }
  Model:
    Type: AWS::SageMaker::Model
    Properties: { ExecutionRoleArn: !GetAtt Role.Arn, PrimaryContainer: { Image: x } }
Outputs:
  Refs: { Value: !Join [" ", [!Ref Model, !Ref Config, !Ref Endpoint]] }
  Names: { Value: !Sub "\${Model.ModelName} \${Config.EndpointConfigName} \${Endpoint.EndpointName}" }
`;
