import { defineConfig } from "vitest/config";

// Nothing here is timed: a busy machine must not fail a test. Speed is measured by `npm run bench`.
export default defineConfig({
  test: { include: ["test/**/*.test.{ts,mjs}"], testTimeout: 120_000, hookTimeout: 120_000 },
});
