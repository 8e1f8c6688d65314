import { AwsError } from "../../core/errors.ts";

// https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Programming.Errors.html

export const parameterNotEmulated = (name: string) =>
  new AwsError("ValidationException", `Wavetank does not emulate the parameter ${name}.`);
