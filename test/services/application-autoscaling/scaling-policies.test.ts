import {
  DeleteScalingPolicyCommand,
  DescribeScalingPoliciesCommand,
  PutScalingPolicyCommand,
} from "@aws-sdk/client-application-auto-scaling";
import { expect, test } from "vitest";
import { faultOf } from "../sagemaker/hosting-tank.ts";
import { ScaledEndpoint, TARGET } from "./scaled-endpoint.ts";

test("policies are listed in pages and by name until they are deleted", async () => {
  await using tank = await ScaledEndpoint.open();
  await tank.register();
  for (const name of ["a", "b", "c"]) await tank.track({}, name);
  const list = (input: { PolicyNames?: string[]; MaxResults?: number; NextToken?: string }) =>
    tank.scaling.send(new DescribeScalingPoliciesCommand({ ...TARGET, ...input }));
  const first = await list({ MaxResults: 2 });
  const { NextToken = "" } = first;
  const rest = await list({ MaxResults: 2, NextToken });
  const names = [first, rest].map(({ ScalingPolicies = [] }) =>
    ScalingPolicies.map(({ PolicyName }) => PolicyName),
  );
  expect(names).toEqual([["a", "b"], ["c"]]);
  expect((await list({ PolicyNames: ["b"] })).ScalingPolicies).toHaveLength(1);
  expect(await faultOf(list({ NextToken: "x" }))).toMatch(/^InvalidNextTokenException/);
  const remove = () =>
    tank.scaling.send(new DeleteScalingPolicyCommand({ ...TARGET, PolicyName: "b" }));
  await remove();
  expect((await list({})).ScalingPolicies).toHaveLength(2);
  expect(await faultOf(remove())).toMatch(/^ObjectNotFoundException: No scaling policy found/);
});

test("a policy without a target, a configuration or a metric is refused", async () => {
  await using tank = await ScaledEndpoint.open();
  expect(await faultOf(tank.track())).toMatch(/^ObjectNotFoundException/);
  await tank.register();
  const put = (input: object) =>
    faultOf(
      tank.scaling.send(new PutScalingPolicyCommand({ ...TARGET, PolicyName: "p", ...input })),
    );
  expect(await put({})).toMatch(/StepScalingPolicyConfiguration is required/);
  expect(await put({ PolicyType: "PredictiveScaling" })).toMatch(
    /PredictiveScaling is not emulated/,
  );
  expect(await faultOf(tank.track({ PredefinedMetricSpecification: undefined }))).toMatch(
    /Specify either/,
  );
});
