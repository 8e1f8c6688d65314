import { AwsError } from "../../core/errors.ts";

const notFound = (message: string) => new AwsError("NotFoundException", message, { status: 404 });
const badRequest = (message: string) => new AwsError("BadRequestException", message);
const conflict = (message: string) => new AwsError("ConflictException", message, { status: 409 });

export const apiNotFound = (id: string) => notFound(`Invalid API identifier specified ${id}`);
export const stageNotFound = () => notFound("Invalid stage identifier specified");
export const stageExists = () => conflict("Stage already exists");
export const routeExists = (key: string) =>
  conflict(`Route with key ${key} already exists for this API`);
export const routeKeyInvalid = (key: string) =>
  badRequest(
    `The provided route key is not formatted properly for HTTP protocol. Format should be "<HTTP METHOD> /<RESOURCE PATH>" or "$default": ${key}`,
  );
export const integrationNotFound = (id: string) =>
  notFound(`Unable to find Integration by id ${id}`);
// UNCONFIRMED: the words of this one.
export const integrationInUse = (id: string, routeId: string) =>
  conflict(`Cannot delete Integration '${id}'. Integration is referenced by route '${routeId}'.`);
export const routeNotFound = (id: string) => notFound(`Unable to find Route by id ${id}`);
export const formatMissing = () => badRequest("PayloadFormatVersion is a required parameter");
export const uriInvalid = () =>
  badRequest("Invalid integration URI specified: it names no Lambda function");
export const notEmulated = (what: string) =>
  badRequest(`${what} is not emulated by Wavetank; see emulator/services/api-gateway-v2/README.md`);
