import { defineConfig } from "vitest/config";

// What a packaged stage is: its template, its permissions, and, where moto is installed, its deployment.
// `npm run test:deploy` packages and runs them.
export default defineConfig({
  test: { include: ["test/deploy/**/*.test.ts"], testTimeout: 120_000, hookTimeout: 240_000, maxWorkers: "100%" },
});
