import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["test/**/*.test.ts"],
    exclude: [
      "**/node_modules/**",
      "test/browser/**",
      "test/containers/**",
      "test/bench/**",
      "test/examples/**",
    ],
    // Tests of the command run the built program.
    globalSetup: ["test/support/setup.ts"],
    sequence: { concurrent: true },
    // Files have a tank each and change no module's state: a worker loads the SDK's clients once, not for each file.
    isolate: false,
    silent: "passed-only",
    // For what hangs, also on a machine that has much else to do.
    testTimeout: 60_000,
    hookTimeout: 60_000,
    env: { AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: "true" },
  },
});
