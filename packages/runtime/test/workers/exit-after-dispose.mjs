// Opens a pool, uses it, and leaves: with `dispose`, or without any (`idle`).
import { openWorkerPool } from '@diorama/runtime';

const workerUrl = new URL('./tasks.mjs', import.meta.url);
const pool = await openWorkerPool({ workerUrl, size: 2, maxQueued: 4 });
const answers = await Promise.all([1, 2, 3].map((value) => pool.run({ do: 'echo', value })));
if (process.argv[2] === 'dispose') {
  const hanging = pool.run({ do: 'hang' }).catch((error) => error.code);
  await pool.dispose();
  answers.push(await hanging);
}
console.log(JSON.stringify(answers));
