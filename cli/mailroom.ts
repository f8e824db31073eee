import { main, tell } from "./main.ts";
import { createConsole } from "./output/console.ts";

// What a stream throws outside of any promise would print a stack; it is told like every other error.
process.on("uncaughtException", (error) => process.exit(tell(error, createConsole(process, process.env))));

process.exitCode = await main(process.argv.slice(2), process, process.env);
