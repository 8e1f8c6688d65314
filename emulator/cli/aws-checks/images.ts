import { DescribeImagesCommand, type ImageDetail } from "@aws-sdk/client-ecr";
import type { Scope } from "../../core/service.ts";
import type { Finding } from "../finding.ts";
import { ask, awsErrorName } from "./ask.ts";
import type { AwsClients } from "./clients.ts";
import type { Needs } from "./needs.ts";

// https://docs.aws.amazon.com/sagemaker/latest/dg/your-algorithms-containers-inference-private.html

/** `123456789012.dkr.ecr.eu-west-1.amazonaws.com/wavetank/model-server:0.1.0`. */
const ECR_IMAGE =
  /^(?<registryId>\d{12})\.dkr\.ecr\.(?<region>[a-z0-9-]+)\.amazonaws\.com(?:\.cn)?\/(?<repositoryName>[^:@]+)(?::(?<imageTag>[^@]+))?(?:@(?<imageDigest>sha256:[0-9a-f]{64}))?$/;

const CHECK = "image";
const PUSH = 'Build it and push it: see "To AWS" in the README.';

/** Whether SageMaker can pull the images that the models name. */
export function imageFindings(
  clients: AwsClients,
  { needs, scope }: { needs: Needs; scope: Scope },
): Promise<Finding[]> {
  return Promise.all([...needs.images].map((image) => imageFinding(image, { clients, scope })));
}

async function imageFinding(
  image: string,
  { clients, scope }: { clients: AwsClients; scope: Scope },
): Promise<Finding> {
  const parts = ECR_IMAGE.exec(image)?.groups;
  if (!parts) {
    const found = `${image} is not in ECR, and SageMaker takes images from nowhere else`;
    const remedy = `${PUSH} Then pass its name, e.g. --parameter ModelServerImage=${scope.accountId}.dkr.ecr.${scope.region}.amazonaws.com/wavetank/model-server:0.1.0.`;
    return { check: CHECK, ok: false, found, remedy };
  }
  const { registryId, region, repositoryName = "", imageTag, imageDigest } = parts;
  if (region !== scope.region) {
    const found = `${image} is in ${region}, the endpoint in ${scope.region}`;
    return { check: CHECK, ok: false, found, remedy: "Push it to the endpoint's region as well." };
  }
  const id = imageDigest ? { imageDigest } : { imageTag: imageTag ?? "latest" };
  const question = new DescribeImagesCommand({ registryId, repositoryName, imageIds: [id] });
  return ask(
    { check: CHECK, action: "ecr:DescribeImages" },
    {
      send: async () => {
        try {
          return (await clients.ecr.send(question)).imageDetails?.[0];
        } catch (error) {
          if (/^(Image|Repository)NotFoundException$/.test(awsErrorName(error) ?? ""))
            return undefined;
          throw error;
        }
      },
      judge: (detail) => judged(image, detail),
    },
  );
}

function judged(image: string, detail: ImageDetail | undefined): Omit<Finding, "check"> {
  if (!detail) return { ok: false, found: `${image} is not there`, remedy: PUSH };
  // https://github.com/aws/amazon-sagemaker-feedback/issues/180
  if (detail.imageManifestMediaType?.startsWith("application/vnd.oci.")) {
    return {
      ok: false,
      found: `${image} has a manifest of the OCI format, which SageMaker refuses`,
      remedy: "Build it with docker build --provenance=false --output type=docker and push again.",
    };
  }
  const megabytes = Math.round((detail.imageSizeInBytes ?? 0) / 1_000_000);
  return { ok: true, found: `${image}, ${megabytes} MB` };
}
