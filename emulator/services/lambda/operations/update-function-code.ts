import {
  type FunctionConfiguration,
  UpdateFunctionCode$,
  type UpdateFunctionCodeRequest,
} from "@aws-sdk/client-lambda";
import { operation } from "../../../core/service.ts";
import { describeFunction } from "../describing.ts";
import type { LambdaEngine } from "../engine.ts";
import { architectures, functionReference } from "../limits.ts";
import { refuseUnemulated } from "../unemulated.ts";

// https://docs.aws.amazon.com/lambda/latest/api/API_UpdateFunctionCode.html
export const UpdateFunctionCode = operation<
  LambdaEngine,
  UpdateFunctionCodeRequest,
  FunctionConfiguration
>({
  schema: UpdateFunctionCode$,
  limits: { FunctionName: functionReference, Architectures: architectures },
  async handle(lambda, input, call) {
    refuseUnemulated(input);
    const fn = lambda.functions.findFunction(input, call);
    lambda.functions.assertUpdatable(fn, input.RevisionId);
    const code = await lambda.code.take(fn.name, input, call);
    // Taking the code in took its time; another update may have begun meanwhile.
    lambda.functions.assertUpdatable(fn, input.RevisionId);
    if (input.DryRun)
      return { ...describeFunction(fn), CodeSha256: code.sha256, CodeSize: code.sizeBytes };
    const architecture = input.Architectures?.[0] ?? fn.settings.architecture;
    lambda.functions.update(fn, { code, settings: { ...fn.settings, architecture } });
    return describeFunction(input.Publish ? await lambda.publish(fn) : fn);
  },
  summarize: ({ FunctionName }) => FunctionName,
});
