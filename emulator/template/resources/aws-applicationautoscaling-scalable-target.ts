import {
  PutScheduledActionRequest$,
  type RegisterScalableTargetRequest,
  RegisterScalableTargetRequest$,
  type ScheduledAction,
} from "@aws-sdk/client-application-auto-scaling";
import { deleteIfPresent } from "../api.ts";
import { resourceType } from "../resource-type.ts";
import { membersOf, structure } from "../shape.ts";

const SERVICE = "application-autoscaling";

// https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-applicationautoscaling-scalabletarget.html
type Values = RegisterScalableTargetRequest & { ScheduledActions?: readonly ScheduledAction[] };

const scheduledAction = structure(
  membersOf(PutScheduledActionRequest$, [
    "ScheduledActionName",
    "Schedule",
    "Timezone",
    "StartTime",
    "EndTime",
    "ScalableTargetAction",
  ]),
  ["ScheduledActionName", "Schedule"],
);

/** What a target has without being told: registering it again keeps what it is not given. */
const NOT_SUSPENDED = {
  DynamicScalingInSuspended: false,
  DynamicScalingOutSuspended: false,
  ScheduledScalingSuspended: false,
};

export const scalableTarget = resourceType<Values>({
  type: "AWS::ApplicationAutoScaling::ScalableTarget",
  honoured: {
    ...membersOf(RegisterScalableTargetRequest$, [
      "ServiceNamespace",
      "ResourceId",
      "ScalableDimension",
      "MinCapacity",
      "MaxCapacity",
      "SuspendedState",
    ]),
    ScheduledActions: { is: "list", of: () => scheduledAction },
  },
  required: ["ServiceNamespace", "ResourceId", "ScalableDimension", "MinCapacity", "MaxCapacity"],
  kept: ["RoleARN"],
  notEmulated: [],
  attributes: ["Id"],
  replacedBy: ["ServiceNamespace", "ResourceId", "ScalableDimension"],

  async create(resource, api) {
    const { ScheduledActions = [], ...target } = resource.values;
    await api.call(SERVICE, "RegisterScalableTarget", target);
    const { ServiceNamespace = "", ResourceId = "", ScalableDimension = "" } = target;
    const name = { ServiceNamespace, ResourceId, ScalableDimension };
    for (const action of ScheduledActions) {
      await api.call(SERVICE, "PutScheduledAction", { ...action, ...name });
    }
    const Id = `${ResourceId}|${ScalableDimension}|${ServiceNamespace}`;
    return { physicalId: Id, attributes: { Id } };
  },

  async update({ values }, { api, previous }) {
    const { ScheduledActions = [], ...target } = values;
    const SuspendedState = { ...NOT_SUSPENDED, ...target.SuspendedState };
    await api.call(SERVICE, "RegisterScalableTarget", { ...target, SuspendedState });
    const { ServiceNamespace = "", ResourceId = "", ScalableDimension = "" } = target;
    const name = { ServiceNamespace, ResourceId, ScalableDimension };
    for (const { ScheduledActionName } of previous.ScheduledActions ?? []) {
      if (ScheduledActions.some((action) => action.ScheduledActionName === ScheduledActionName))
        continue;
      await deleteIfPresent(
        api.call(SERVICE, "DeleteScheduledAction", { ...name, ScheduledActionName }),
      );
    }
    for (const action of ScheduledActions) {
      await api.call(SERVICE, "PutScheduledAction", { ...action, ...name });
    }
    return undefined;
  },

  async delete({ physicalId }, api) {
    const [ResourceId, ScalableDimension, ServiceNamespace] = physicalId.split("|");
    const name = { ServiceNamespace, ResourceId, ScalableDimension };
    await deleteIfPresent(api.call(SERVICE, "DeregisterScalableTarget", name));
  },
});
