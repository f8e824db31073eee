import { defineConfig } from "vitest/config";

// The contract suites against moto's S3 and SNS, another reading of the same services than our own fakes.
// `npm run test:moto` starts the server and runs them.
export default defineConfig({ test: { include: ["test/moto/**/*.test.ts"], testTimeout: 30_000 } });
