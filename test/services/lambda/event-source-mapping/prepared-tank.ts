import {
  CreateEventSourceMappingCommand,
  type CreateEventSourceMappingCommandInput,
  CreateFunctionCommand,
  LambdaClient,
} from "@aws-sdk/client-lambda";
import { zipSync } from "fflate";
import { startTank } from "../../../support/tank.ts";

export const STREAM_ARN = "arn:aws:kinesis:us-east-1:000000000000:stream/rides";
export const FUNCTION_ARN = "arn:aws:lambda:us-east-1:000000000000:function:predict";

/** A tank with a stream and a function that prints how many records it got. */
export async function prepared() {
  const tank = await startTank();
  const lambda = tank.client(LambdaClient);
  await tank.call("kinesis", "CreateStream", { StreamName: "rides", ShardCount: 1 });
  const code = "exports.handler = async ({ Records }) => console.log('got', Records.length);";
  await lambda.send(
    new CreateFunctionCommand({
      FunctionName: "predict",
      Runtime: "nodejs22.x",
      Handler: "index.handler",
      Role: "arn:aws:iam::000000000000:role/predict",
      Code: { ZipFile: zipSync({ "index.js": Buffer.from(code) }) },
    }),
  );
  const printed: string[] = [];
  tank.events.on((event) => {
    if (event.type === "print") printed.push(event.line);
  });
  const create = (changes: Partial<CreateEventSourceMappingCommandInput> = {}) =>
    lambda.send(
      new CreateEventSourceMappingCommand({
        FunctionName: "predict",
        EventSourceArn: STREAM_ARN,
        StartingPosition: "LATEST",
        ...changes,
      }),
    );
  return { tank, lambda, printed, create, [Symbol.asyncDispose]: () => tank.stop() };
}
