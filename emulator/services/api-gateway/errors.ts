import { AwsError } from "../../core/errors.ts";

const notFound = (message: string) => new AwsError("NotFoundException", message, { status: 404 });
const badRequest = (message: string) => new AwsError("BadRequestException", message);
const conflict = (message: string) => new AwsError("ConflictException", message, { status: 409 });

export const apiNotFound = (id: string) =>
  notFound(`Invalid API identifier specified 000000000000:${id}`);
export const resourceNotFound = () => notFound("Invalid Resource identifier specified");
export const methodNotFound = () => notFound("Invalid Method identifier specified");
export const integrationNotFound = () => notFound("Invalid Integration identifier specified");
export const stageNotFound = () => notFound("Invalid stage identifier specified");
export const deploymentNotFound = () => notFound("Invalid Deployment identifier specified");

export const resourceExists = (pathPart: string) =>
  conflict(`Another resource with the same parent already has this name: ${pathPart}`);
export const methodExists = () => conflict("Method already exists for this resource");
export const stageExists = () => conflict("Stage already exists");

export const pathPartInvalid = () =>
  badRequest(
    "Resource's path part only allow a-zA-Z0-9._-: or a valid greedy path variable and curly braces at the beginning and the end.",
  );
export const deploysNothing = () => badRequest("The REST API doesn't contain any methods");
export const integrationMissing = () => badRequest("No integration defined for method");
export const uriInvalid = () =>
  badRequest("Invalid ARN specified in the request: the uri names no Lambda function");
export const positionInvalid = () => badRequest("Invalid position specified");
export const documentInvalid = (what: string) => badRequest(`Invalid OpenAPI input: ${what}`);

export const notEmulated = (what: string) =>
  badRequest(`${what} is not emulated by Wavetank; see emulator/services/api-gateway/README.md`);
export const templateNotEmulated = ({ text, at }: { text: string; at: string }) =>
  badRequest(`The mapping template's ${text} at ${at} is not emulated by Wavetank.`);
