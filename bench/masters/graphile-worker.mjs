// graphile-worker on PostgreSQL: `node graphile-worker.mjs FOLDER accept|endtoend URL CLIENTS SECONDS`, FOLDER being where npm put it. Prints how
// long each took, in microseconds. A task is a function of this process, which PostgreSQL wakes. It counts as over when the function is, which
// graphile-worker stores afterwards.

import { createRequire } from "node:module";
import { join } from "node:path";

const [folder, what, url, clients, seconds] = process.argv.slice(2);
const require = createRequire(join(folder, "package.json"));
const { Logger, makeWorkerUtils, run, runMigrations } = require("graphile-worker");
const { Pool } = require("pg");

const WARM_UP_SECONDS = 15;
const accept = what === "accept";
const logger = new Logger(() => (level, message) => level === "error" && console.error(message));
const pgPool = new Pool({ connectionString: url, max: 20 });
// What is waited for, by number; a job may be over before we are told its number.
const waiting = new Map();
const over = new Set();

await runMigrations({ pgPool, logger });
const utils = await makeWorkerUtils({ pgPool, logger });
const runner = await run({
  pgPool,
  logger,
  concurrency: 8,
  noHandleSignals: true,
  taskList: {
    trivial: ({ number }) => {
      if (number + 1 !== 42) throw new Error("another number");
    },
  },
});
runner.events.on("job:complete", ({ job, error }) => {
  if (error) throw error;
  if (waiting.has(job.id)) waiting.get(job.id)();
  else over.add(job.id);
});

async function once() {
  const runAt = accept ? new Date(Date.now() + 86_400_000) : undefined;
  const { id } = await utils.addJob("trivial", { number: 41 }, { runAt });
  if (accept || over.delete(id)) return;
  await new Promise((resolve) => waiting.set(id, resolve));
  waiting.delete(id);
}

async function measured(forSeconds) {
  const taken = [];
  const end = performance.now() + forSeconds * 1000;
  const client = async () => {
    while (performance.now() < end) {
      const start = performance.now();
      await once();
      taken.push(Math.round((performance.now() - start) * 1000));
    }
  };
  await Promise.all(Array.from({ length: Number(clients) }, client));
  return taken;
}

await measured(WARM_UP_SECONDS);
console.log((await measured(Number(seconds))).join("\n"));
process.exit(0);
