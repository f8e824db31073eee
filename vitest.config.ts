import { defineConfig } from "vitest/config";

const domain = ["text", "yaml", "dns", "receipt", "message", "rules", "alerts", "feedback", "suppression", "inbound"];

export default defineConfig({
  test: {
    include: ["test/**/*.test.ts"],
    exclude: ["test/moto/**", "test/deploy/**"],
    // By default one core is left out, which is half of two.
    maxWorkers: "100%",
    // No test measures time; a machine that does other things, too, may be several times slower.
    testTimeout: 20_000,
    coverage: {
      provider: "v8",
      include: ["functions/**", "shared/**", "cli/**", "library/**"],
      reporter: ["text-summary", "json-summary"],
      thresholds: Object.fromEntries(domain.map((folder) => [`shared/${folder}/**`, { branches: 95 }])),
    },
  },
});
