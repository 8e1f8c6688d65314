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
    silent: "passed-only",
    testTimeout: 20_000,
    hookTimeout: 30_000,
    env: { AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: "true" },
  },
});
