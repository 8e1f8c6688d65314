import type { LoadScenario } from "../scenario.ts";

/** One CSV row to the endpoint, by InvokeEndpoint. */
export const rideDuration: LoadScenario = {
  pipeline: "ride-duration",
  steady: {
    request: {
      method: "POST",
      path: "/endpoints/ride-duration/invocations",
      headers: { "content-type": "text/csv" },
      body: "130,205,3.66",
    },
    rate: 500,
    durationSeconds: 20,
    thresholds: { success: 1, p99: 100, rate: 500 },
  },
  endpoint: { name: "ride-duration", variant: "AllTraffic" },
};
