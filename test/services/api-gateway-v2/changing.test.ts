import {
  ApiGatewayV2Client,
  CreateApiCommand,
  CreateIntegrationCommand,
  CreateRouteCommand,
  CreateStageCommand,
  DeleteIntegrationCommand,
  DeleteRouteCommand,
  DeleteStageCommand,
  UpdateIntegrationCommand,
  UpdateRouteCommand,
} from "@aws-sdk/client-apigatewayv2";
import { expect, test } from "vitest";
import { functionOf } from "../../support/functions.ts";
import { startTank } from "../../support/tank.ts";

test("routes, integrations and stages change and go while the API answers", async () => {
  await using tank = await startTank();
  using one = await functionOf(tank, { body: 'return "one";' });
  using two = await functionOf(tank, { name: "two", body: 'return "two";' });
  const client = tank.client(ApiGatewayV2Client);
  const { ApiId } = await client.send(
    new CreateApiCommand({ Name: "rides", ProtocolType: "HTTP" }),
  );
  const integration = { ApiId, IntegrationType: "AWS_PROXY", IntegrationUri: one.arn } as const;
  const { IntegrationId } = await client.send(
    new CreateIntegrationCommand({ ...integration, PayloadFormatVersion: "2.0" }),
  );
  const Target = `integrations/${IntegrationId}`;
  const { RouteId } = await client.send(
    new CreateRouteCommand({ ApiId, RouteKey: "GET /a", Target }),
  );
  await client.send(new CreateRouteCommand({ ApiId, RouteKey: "GET /taken" }));
  await client.send(new CreateStageCommand({ ApiId, StageName: "$default", AutoDeploy: true }));
  const get = async (path: string) => {
    const response = await fetch(`${tank.url}/_api/${ApiId}${path}`);
    return response.ok ? await response.text() : response.status;
  };
  expect(await get("/a")).toBe("one");

  await client.send(
    new UpdateIntegrationCommand({ ApiId, IntegrationId, IntegrationUri: two.arn }),
  );
  await client.send(new UpdateRouteCommand({ ApiId, RouteId, RouteKey: "GET /b" }));
  expect([await get("/a"), await get("/b")]).toEqual([404, "two"]);
  await expect(
    client.send(new UpdateRouteCommand({ ApiId, RouteId, RouteKey: "GET /taken" })),
  ).rejects.toMatchObject({ name: "ConflictException" });

  const removal = new DeleteIntegrationCommand({ ApiId, IntegrationId });
  await expect(client.send(removal)).rejects.toMatchObject({ name: "ConflictException" });
  await client.send(new DeleteRouteCommand({ ApiId, RouteId }));
  expect(await get("/b")).toBe(404);
  await client.send(removal);
  await expect(client.send(new DeleteRouteCommand({ ApiId, RouteId }))).rejects.toMatchObject({
    name: "NotFoundException",
  });
  const stage = new DeleteStageCommand({ ApiId, StageName: "$default" });
  await client.send(stage);
  await expect(client.send(stage)).rejects.toMatchObject({ name: "NotFoundException" });
});
