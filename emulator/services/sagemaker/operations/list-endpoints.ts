import {
  ListEndpoints$,
  type ListEndpointsInput,
  type ListEndpointsOutput,
} from "@aws-sdk/client-sagemaker";
import { type Checked, operation } from "../../../core/service.ts";
import type { Endpoint } from "../endpoint.ts";
import type { SageMakerEngine } from "../engine.ts";
import { endpointListing } from "../limits.ts";
import { listPage } from "../listing.ts";

// https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_ListEndpoints.html
export const ListEndpoints = operation<SageMakerEngine, ListEndpointsInput, ListEndpointsOutput>({
  schema: ListEndpoints$,
  limits: endpointListing,
  handle(sagemaker, input, call) {
    const wanted = sagemaker
      .endpoints(call)
      .all()
      .filter((endpoint) => isWanted(endpoint, input));
    const { items, nextToken } = listPage(wanted, input, ({ status }, sortBy) =>
      sortBy === "Status" ? status : undefined,
    );
    return {
      Endpoints: items.map(({ name, arn, createdAt, modifiedAt, status }) => ({
        EndpointName: name,
        EndpointArn: arn,
        CreationTime: new Date(createdAt),
        LastModifiedTime: new Date(modifiedAt),
        EndpointStatus: status,
      })),
      ...(nextToken && { NextToken: nextToken }),
    };
  },
  summarize: (_input, { Endpoints }) => `${Endpoints?.length} endpoints`,
});

function isWanted(
  { status, modifiedAt }: Endpoint,
  { StatusEquals, LastModifiedTimeBefore, LastModifiedTimeAfter }: Checked<ListEndpointsInput>,
): boolean {
  if (StatusEquals !== undefined && status !== StatusEquals) return false;
  if (LastModifiedTimeBefore && modifiedAt >= LastModifiedTimeBefore.getTime()) return false;
  return !LastModifiedTimeAfter || modifiedAt > LastModifiedTimeAfter.getTime();
}
