import type { Scope } from "../../core/service.ts";
import type { CaptureStore } from "./hosting/data-capture.ts";
import type { ModelArtifacts } from "./hosting/model-artifacts.ts";
import type { ModelHost } from "./hosting/model-host.ts";
import type { TransformStore } from "./transform/inputs.ts";

/** What hosting needs of the rest of the tank. */
export interface SageMakerNeeds {
  readonly artifacts: ModelArtifacts;
  readonly host: ModelHost;
  readonly captureStore: CaptureStore;
  /** Where batch transforms read and write. */
  readonly store: TransformStore;
  /** How long CloudWatch's minute is for scaling; a minute when absent. */
  readonly periodMs?: number;
  /** Whether scaling looks after a variant. */
  isScaled?(scope: Scope, name: { endpoint: string; variant: string }): boolean;
  /** CloudWatch's alarms, which take an update's traffic back. */
  readonly alarms?: {
    alarmState(scope: Scope, name: string): { readonly value: string } | undefined;
  };
}
