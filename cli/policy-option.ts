import { Option } from "commander";

export function policyOption(): Option {
  return new Option(
    "--policy <FILE>",
    "which bounces suppress an address, and whose reports are believed (default: suppression.yml, else the default policy)",
  );
}
