import { join } from "node:path";
import { openStateFile } from "../../shared/local/state-file.ts";
import { mailLogContract } from "../contracts/mail-log.ts";
import { memoryMailLog } from "../support/memory-mail-log.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";

mailLogContract("SQLite, in memory", async () => openStateFile(":memory:"));

mailLogContract("SQLite, in a file", async () => openStateFile(join(temporaryFolder(), "state.db")));

mailLogContract("the test double", async () => ({ mailLog: memoryMailLog(), close: () => {} }));
