import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["test/containers/**/*.test.ts"],
    globalSetup: ["test/containers/setup.ts"],
    silent: "passed-only",
    testTimeout: 60_000,
    hookTimeout: 120_000,
    env: {
      AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: "true",
      // The suite removes its containers by their label: Testcontainers' own cleaner would be one more image.
      TESTCONTAINERS_RYUK_DISABLED: "true",
    },
  },
});
