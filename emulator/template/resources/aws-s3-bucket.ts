import type {
  CORSRule,
  CreateBucketRequest,
  DeleteObjectsOutput,
  ListObjectsV2Output,
} from "@aws-sdk/client-s3";
import { arn } from "../../core/arn.ts";
import { type AwsApi, createOrAdopt, deleteIfPresent, saysGone } from "../api.ts";
import {
  notificationShape,
  notificationsOf,
  type TemplateNotifications,
} from "../bucket-notifications.ts";
import { contentTypeOf } from "../content-types.ts";
import { Report } from "../problem.ts";
import { type Resource, resourceType } from "../resource-type.ts";
import { number, type Shape, structure, text } from "../shape.ts";
import { bodyOf, fingerprintOf, readUploads } from "../uploads.ts";

// https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-s3-bucket.html
interface Values {
  readonly BucketName?: string;
  readonly WebsiteConfiguration?: {
    readonly IndexDocument?: string;
    readonly ErrorDocument?: string;
  };
  readonly CorsConfiguration?: { readonly CorsRules: readonly TemplateRule[] };
  readonly NotificationConfiguration?: TemplateNotifications;
}

interface TemplateRule extends Omit<CORSRule, "ID" | "ExposeHeaders" | "MaxAgeSeconds"> {
  readonly Id?: string;
  readonly ExposedHeaders?: string[];
  readonly MaxAge?: number;
}

const texts: Shape = { is: "list", of: () => text };
const corsRule = structure(
  {
    AllowedHeaders: texts,
    AllowedMethods: texts,
    AllowedOrigins: texts,
    ExposedHeaders: texts,
    Id: text,
    MaxAge: number,
  },
  ["AllowedMethods", "AllowedOrigins"],
);

/** The region whose buckets are made without naming a region. */
const HOME_REGION = "us-east-1";

export const s3Bucket = resourceType<Values>({
  type: "AWS::S3::Bucket",
  honoured: {
    BucketName: text,
    WebsiteConfiguration: structure({ IndexDocument: text, ErrorDocument: text }),
    CorsConfiguration: structure({ CorsRules: { is: "list", of: () => corsRule } }, ["CorsRules"]),
    NotificationConfiguration: notificationShape,
  },
  kept: [
    "AbacStatus",
    "AccelerateConfiguration",
    "AccessControl",
    "AnalyticsConfigurations",
    "BucketEncryption",
    "IntelligentTieringConfigurations",
    "InventoryConfigurations",
    "MetricsConfigurations",
    "OwnershipControls",
    "PublicAccessBlockConfiguration",
    "Tags",
  ],
  notEmulated: [
    "LifecycleConfiguration",
    "LoggingConfiguration",
    "MetadataConfiguration",
    "MetadataTableConfiguration",
    "ObjectLockConfiguration",
    "ObjectLockEnabled",
    "ReplicationConfiguration",
    "VersioningConfiguration",
  ],
  attributes: ["Arn", "DomainName", "DualStackDomainName", "RegionalDomainName", "WebsiteURL"],
  readsMetadata: true,
  namedBy: "BucketName",
  replacedBy: ["BucketName"],
  fingerprint: (declared) => fingerprintOf(readUploads(declared, new Report())),
  check: (declared, report) => {
    readUploads(declared, report);
  },

  async create(resource, api) {
    const { BucketName = resource.generatedName(63).toLowerCase() } = resource.values;
    const { region } = api.scope;
    const input: CreateBucketRequest = { Bucket: BucketName };
    if (region !== HOME_REGION) {
      input.CreateBucketConfiguration = {
        LocationConstraint: region as NonNullable<
          CreateBucketRequest["CreateBucketConfiguration"]
        >["LocationConstraint"],
      };
    }
    const call = { service: "s3", operation: "CreateBucket", input } as const;
    return {
      isAdopted: await createOrAdopt(api, call),
      physicalId: BucketName,
      attributes: {
        Arn: arn("s3", { region: "", accountId: "" }, BucketName),
        DomainName: `${BucketName}.s3.amazonaws.com`,
        DualStackDomainName: `${BucketName}.s3.dualstack.${region}.amazonaws.com`,
        RegionalDomainName: `${BucketName}.s3.${region}.amazonaws.com`,
        WebsiteURL: `http://${BucketName}.s3-website-${region}.amazonaws.com`,
      },
    };
  },

  async stabilize(resource, { api, created: { physicalId: Bucket } }) {
    const { WebsiteConfiguration, CorsConfiguration } = resource.values;
    const { NotificationConfiguration: told } = resource.values;
    if (WebsiteConfiguration) {
      const { IndexDocument, ErrorDocument } = WebsiteConfiguration;
      const configuration = {
        ...(IndexDocument !== undefined && { IndexDocument: { Suffix: IndexDocument } }),
        ...(ErrorDocument !== undefined && { ErrorDocument: { Key: ErrorDocument } }),
      };
      const input = { Bucket, WebsiteConfiguration: configuration };
      await api.call("s3", "PutBucketWebsite", input);
    }
    if (CorsConfiguration) {
      const CORSRules = CorsConfiguration.CorsRules.map(apiRule);
      await api.call("s3", "PutBucketCors", { Bucket, CORSConfiguration: { CORSRules } });
    }
    for (const declared of uploadsOf(resource)) {
      // Pages ask what answers here, not AWS.
      const upload =
        "text" in declared
          ? { ...declared, text: api.localUrls?.(declared.text) ?? declared.text }
          : declared;
      const ContentType = contentTypeOf(upload.key);
      const input = { Bucket, Key: upload.key, Body: await bodyOf(upload) };
      await api.call("s3", "PutObject", { ...input, ...(ContentType && { ContentType }) });
    }
    // Last: nobody is told of what the bucket comes with.
    if (told) {
      const NotificationConfiguration = notificationsOf(told);
      const input = { Bucket, NotificationConfiguration };
      await api.call("s3", "PutBucketNotificationConfiguration", input);
    }
  },

  // What it has now is put by `stabilize`, uploads too; other objects stay.
  async update({ values }, { api, created: { physicalId: Bucket }, previous }) {
    if (previous.WebsiteConfiguration && !values.WebsiteConfiguration) {
      await api.call("s3", "DeleteBucketWebsite", { Bucket });
    }
    if (previous.CorsConfiguration && !values.CorsConfiguration) {
      await api.call("s3", "DeleteBucketCors", { Bucket });
    }
    if (previous.NotificationConfiguration && !values.NotificationConfiguration) {
      const input = { Bucket, NotificationConfiguration: {} };
      await api.call("s3", "PutBucketNotificationConfiguration", input);
    }
    return undefined;
  },

  // DIFFERS: CloudFormation refuses to delete a bucket that holds objects.
  async delete({ physicalId: Bucket }, api) {
    try {
      await empty(Bucket, api);
    } catch (error) {
      if (saysGone(error)) return;
      throw error;
    }
    await deleteIfPresent(api.call("s3", "DeleteBucket", { Bucket }));
  },
});

/** CloudFormation spells some members otherwise than the API. */
function apiRule({ Id, ExposedHeaders, MaxAge, ...rest }: TemplateRule): CORSRule {
  return {
    ...rest,
    ...(Id !== undefined && { ID: Id }),
    ...(ExposedHeaders && { ExposeHeaders: ExposedHeaders }),
    ...(MaxAge !== undefined && { MaxAgeSeconds: MaxAge }),
  };
}

function uploadsOf(resource: Resource<Values>): ReturnType<typeof readUploads> {
  const report = new Report();
  const uploads = readUploads(resource, report);
  report.throwIfFaulty();
  return uploads;
}

async function empty(Bucket: string, api: AwsApi): Promise<void> {
  for (;;) {
    const { Contents = [] } = await api.call<ListObjectsV2Output>("s3", "ListObjectsV2", {
      Bucket,
    });
    if (Contents.length === 0) return;
    const Objects = Contents.map(({ Key }) => ({ Key }));
    const input = { Bucket, Delete: { Objects, Quiet: true } };
    const { Errors = [] } = await api.call<DeleteObjectsOutput>("s3", "DeleteObjects", input);
    const [refused] = Errors;
    if (refused) throw new Error(`${refused.Key}: ${refused.Message ?? refused.Code}`);
  }
}
