import type { LoadScenario } from "../scenario.ts";

/**
 * Through the API, the function and the endpoint. The original asked for 1,000 requests a second and recorded 259,
 * with a 99th percentile of 620 ms.
 */
export const wine: LoadScenario = {
  pipeline: "wine",
  endpoint: { name: "wine", variant: "AllTraffic" },
  steady: {
    request: {
      method: "POST",
      // An API's id derives from its stack and its logical id.
      path: "/_api/lugu50n1jj/DummyStage/wine",
      headers: { "content-type": "text/csv" },
      body: "14.23,1.71,2.43,15.6,127,2.8,3.06,0.28,2.29,5.64,1.04,3.92,1065",
    },
    rate: 1_000,
    durationSeconds: 60,
    thresholds: { success: 1, p99: 100, rate: 1_000 },
  },
};
