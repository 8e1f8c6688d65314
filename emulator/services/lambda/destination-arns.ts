import { parseArn } from "../../core/arn.ts";
import { destinationArnInvalid, destinationIsItself, parameterNotEmulated } from "./errors.ts";
import { parseFunctionReference } from "./model/function-reference.ts";

/**
 * The destination that a request names, if it is one that the tank can tell.
 * https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-retain-records.html
 * @param options `functionArn`: whose destination it is
 */
export function destinationOf(
  destination: string | undefined,
  { name, functionArn }: { name: "OnSuccess" | "OnFailure"; functionArn: string },
): string | undefined {
  if (!destination) return undefined;
  const { service, resource = "" } = parseArn(destination) ?? {};
  if (service === "sns" || service === "events") {
    throw parameterNotEmulated(`DestinationConfig.${name} in ${LABELS[service]}`);
  }
  if (service === "lambda") {
    const { name: ownName } = parseFunctionReference(functionArn) ?? {};
    if (parseFunctionReference(destination)?.name === ownName) throw destinationIsItself();
    return destination;
  }
  const isQueue = service === "sqs" && !resource.endsWith(".fifo");
  if (!isQueue && !(service === "s3" && name === "OnFailure")) {
    throw destinationArnInvalid(destination);
  }
  return destination;
}

/** The queue that a function's dead letters are to go to; an empty ARN stands for none. */
export function deadLetterTarget(targetArn: string): string | undefined {
  if (targetArn === "") return undefined;
  const { service, resource = "" } = parseArn(targetArn) ?? {};
  if (service === "sns") throw parameterNotEmulated("DeadLetterConfig in SNS");
  if (service !== "sqs" || resource.endsWith(".fifo")) throw destinationArnInvalid(targetArn);
  return targetArn;
}

const LABELS = { sns: "SNS", events: "EventBridge" };
