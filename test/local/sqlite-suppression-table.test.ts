import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { openStateFile } from "../../shared/local/state-file.ts";
import { forgettingContract } from "../contracts/forgetting.ts";
import { suppressionConcurrencyContract } from "../contracts/suppression-concurrency.ts";
import { suppressionTableContract } from "../contracts/suppression-table.ts";
import { memorySuppressionTable } from "../support/memory-suppression-table.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";

async function inMemory() {
  const { suppressionTable: table, close } = openStateFile(":memory:");
  return { table, close };
}

async function inFile() {
  const file = join(temporaryFolder(), "state.db");
  const { suppressionTable: table, close } = openStateFile(file);
  return { table, dump: () => rowsOf(file), close };
}

async function testDouble() {
  const table = memorySuppressionTable();
  return { table, dump: table.dump, close: () => {} };
}

function rowsOf(file: string): unknown {
  using database = new DatabaseSync(file, { readOnly: true });
  return ["suppression", "evidence"].flatMap((table) => database.prepare(`SELECT * FROM ${table}`).all());
}

suppressionTableContract("SQLite, in memory", inMemory);
suppressionTableContract("SQLite, in a file", inFile);
suppressionConcurrencyContract("SQLite", inFile, 10);
forgettingContract("SQLite", inFile, 20);

suppressionTableContract("the test double", testDouble);
suppressionConcurrencyContract("the test double", testDouble, 40);
forgettingContract("the test double", testDouble, 200);
