import type { Scope } from "../../core/service.ts";
import type { LambdaEngine } from "./engine.ts";
import { tagsNotOnVersions } from "./errors.ts";
import type { LambdaFunction } from "./model/function.ts";

// https://docs.aws.amazon.com/lambda/latest/dg/configuration-tags.html

/** The function that carries the tags of an ARN. */
export function taggedFunction(
  lambda: LambdaEngine,
  resource: string,
  scope: Scope,
): LambdaFunction {
  const { fn, qualifier } = lambda.functions.find({ FunctionName: resource }, scope);
  if (qualifier !== undefined) throw tagsNotOnVersions();
  return fn;
}
