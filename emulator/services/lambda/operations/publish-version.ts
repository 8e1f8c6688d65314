import {
  type FunctionConfiguration,
  PublishVersion$,
  type PublishVersionRequest,
} from "@aws-sdk/client-lambda";
import { operation } from "../../../core/service.ts";
import { describeFunction } from "../describing.ts";
import type { LambdaEngine } from "../engine.ts";
import { description, functionReference } from "../limits.ts";
import { refuseUnemulated } from "../unemulated.ts";

// https://docs.aws.amazon.com/lambda/latest/api/API_PublishVersion.html
export const PublishVersion = operation<LambdaEngine, PublishVersionRequest, FunctionConfiguration>(
  {
    schema: PublishVersion$,
    limits: { FunctionName: functionReference, Description: description },
    async handle(lambda, input, call) {
      refuseUnemulated(input);
      const fn = lambda.functions.findFunction(input, call);
      lambda.functions.assertUpdatable(fn, undefined);
      const version = await lambda.publish(fn, {
        description: input.Description,
        codeSha256: input.CodeSha256 || undefined,
        revisionId: input.RevisionId,
      });
      return describeFunction(version);
    },
    summarize: ({ FunctionName }, { Version }) => `${FunctionName} · ${Version}`,
  },
);
