import { DeleteModel$, type DeleteModelInput } from "@aws-sdk/client-sagemaker";
import { operation } from "../../../core/service.ts";
import type { SageMakerEngine } from "../engine.ts";
import { modelName } from "../limits.ts";

// https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_DeleteModel.html
export const DeleteModel = operation<SageMakerEngine, DeleteModelInput, undefined>({
  schema: DeleteModel$,
  limits: { ModelName: modelName },
  handle(sagemaker, input, call) {
    // Endpoints that serve the model keep their copy of it, and its data stays in S3.
    sagemaker.models(call).delete(input.ModelName);
    return undefined;
  },
  summarize: ({ ModelName }) => ModelName,
});
