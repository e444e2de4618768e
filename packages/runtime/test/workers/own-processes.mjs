// Opens a pool of processes and does with it what the first argument says, telling the processes' ids on its output.
import { openWorkerPool } from '@diorama/runtime';

const workerUrl = new URL('./tasks.mjs', import.meta.url);
const pool = await openWorkerPool({ workerUrl, size: 3, maxQueued: 4, isolation: 'process' });
const { pids } = pool.stats();
switch (process.argv[2]) {
  // One is in a task, one in code that no message interrupts, one idle.
  case 'wait-to-be-killed':
    void pool.run({ do: 'hang' });
    void pool.run({ do: 'spin', ms: 300 });
    break;
  case 'print':
    for (let n = 0; n < 3; n += 1) await pool.run({ do: 'print' });
    break;
  case 'dispose':
    pool.run({ do: 'hang' }).catch(() => undefined);
    await pool.dispose();
    break;
  case 'exit':
    process.on('exit', () => console.log(JSON.stringify(pids)));
    void pool.run({ do: 'hang' });
    setImmediate(() => process.exit(0));
    break;
}
if (process.argv[2] !== 'exit') console.log(JSON.stringify(pids));
