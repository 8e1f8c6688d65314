import { suggestion } from "./nearest.ts";
import { describe, type Node } from "./node.ts";
import type { Report } from "./problem.ts";
import type { Declaration } from "./resource-type.ts";

// https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/serverless-policy-template-list.html

/** SAM's policy templates by the parameters that they take: none, one or two. */
const BY_PARAMETERS: Readonly<Record<string, string>> = {
  "": "AMIDescribePolicy CloudFormationDescribeStacksPolicy CloudWatchDashboardPolicy CloudWatchDescribeAlarmHistoryPolicy CloudWatchPutMetricPolicy CodePipelineLambdaExecutionPolicy ComprehendBasicAccessPolicy CostExplorerReadOnlyPolicy EC2DescribePolicy EKSDescribePolicy MobileAnalyticsWriteOnlyAccessPolicy OrganizationsListAccountsPolicy RekognitionDetectOnlyPolicy RekognitionFacesPolicy RekognitionLabelsPolicy SESEmailTemplateCrudPolicy ServerlessRepoReadWriteAccessPolicy TextractDetectAnalyzePolicy TextractGetResultPolicy TextractPolicy VPCAccessPolicy",
  BucketName: "S3CrudPolicy S3FullAccessPolicy S3ReadPolicy S3WritePolicy",
  CertificateArn: "AcmGetCertificatePolicy",
  CollectionId:
    "RekognitionFacesManagementPolicy RekognitionNoDataAccessPolicy RekognitionReadPolicy RekognitionWriteOnlyAccessPolicy",
  DeliveryStreamName: "FirehoseCrudPolicy FirehoseWritePolicy",
  DomainName: "ElasticsearchHttpPostPolicy",
  EventBusName: "EventBridgePutEventsPolicy",
  FunctionName: "AWSSecretsManagerRotationPolicy LambdaInvokePolicy",
  HostedZoneId: "Route53ChangeResourceRecordSetsPolicy",
  IdentityName: "SESBulkTemplatedCrudPolicy SESCrudPolicy SESSendBouncePolicy",
  ImageId: "EC2CopyImagePolicy",
  KeyId: "KMSDecryptPolicy KMSEncryptPolicy",
  LexiconName: "PollyFullAccessPolicy",
  LogGroupName: "FilterLogEventsPolicy",
  ParameterName: "SSMParameterReadPolicy SSMParameterWithSlashPrefixReadPolicy",
  PinpointApplicationId: "PinpointEndpointAccessPolicy",
  PipelineName: "CodePipelineReadOnlyPolicy",
  QueueName: "SQSPollerPolicy SQSSendMessagePolicy",
  RepositoryName: "CodeCommitCrudPolicy CodeCommitReadPolicy",
  SecretArn: "AWSSecretsManagerGetSecretValuePolicy",
  StateMachineName: "StepFunctionsExecutionPolicy",
  StreamName: "KinesisCrudPolicy KinesisStreamReadPolicy",
  "StreamName TableName": "DynamoDBStreamReadPolicy",
  TableName:
    "DynamoDBBackupFullAccessPolicy DynamoDBCrudPolicy DynamoDBReadPolicy DynamoDBReconfigurePolicy DynamoDBRestoreFromBackupPolicy DynamoDBWritePolicy",
  TopicName: "SNSCrudPolicy SNSPublishMessagePolicy",
  WorkGroupName: "AthenaQueryPolicy",
};

const PARAMETERS: ReadonlyMap<string, readonly string[]> = new Map(
  Object.entries(BY_PARAMETERS).flatMap(([parameters, names]) => {
    const required = parameters.split(" ").filter((name) => name !== "");
    return names.split(" ").map((name) => [name, required] as const);
  }),
);

/**
 * Checks a function's Policies: names and ARNs of managed policies, policy documents, and SAM's policy
 * templates with their parameters. They are kept: roles are not enforced.
 */
export function checkPolicies(
  policies: Node,
  { declared, report }: { declared: Declaration; report: Report },
): void {
  const logicalId = declared.owner;
  for (const policy of policies.kind === "list" ? policies.items : [policies]) {
    if (policy.kind === "scalar" || policy.kind === "call") continue;
    if (policy.kind === "map" && policy.entries.has("Statement")) continue;
    const [entry, ...others] = policy.kind === "map" ? policy.entries : [];
    if (!entry || others.length > 0) {
      const text = `Policies takes names, documents and policy templates, and ${describe(policy)} here is neither.`;
      const hint =
        "Write - S3ReadPolicy: { BucketName: !Ref Bucket }, or a document with Statement:.";
      report.fault({ at: policy.at, logicalId, text, hint });
      continue;
    }
    const [name, { at, value }] = entry;
    const required = PARAMETERS.get(name);
    if (!required) {
      const hint = suggestion(name, { among: PARAMETERS.keys(), noun: "policy templates" });
      report.unknown({ at, logicalId, text: `unknown policy template "${name}".`, hint });
    }
    const given = value.kind === "map" ? value.entries : new Map<string, unknown>();
    for (const parameter of required ?? []) {
      if (given.has(parameter)) continue;
      const text = `the policy template ${name} needs ${parameter}.`;
      report.fault({ at, logicalId, text, hint: `Write ${name}: { ${parameter}: … }.` });
    }
  }
}
