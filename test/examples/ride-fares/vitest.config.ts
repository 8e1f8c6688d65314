import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    // Registers toHaveReceivedRecord; for its type it stands in tsconfig.json too.
    setupFiles: ["wavetank/testing/vitest"],
  },
});
