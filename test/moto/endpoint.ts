const endpoint = process.env["MOTO_ENDPOINT"];
if (!endpoint) throw new Error("MOTO_ENDPOINT is not set: run these tests with npm run test:moto");

/** Where moto_server listens, as a client of the SDK takes it. */
export const MOTO = {
  endpoint,
  region: "us-east-1",
  credentials: { accessKeyId: "test", secretAccessKey: "test" },
};
