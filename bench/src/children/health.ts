import { Agent, get } from 'node:http';
import { json } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';

/** Asks an address again and again until its input ends, and prints the milliseconds of each answer. */
const { url, everyMs } = (await json(process.stdin)) as {
  readonly url: string;
  readonly everyMs: number;
}; // watchHealth, the only one that starts this program, writes it

const agent = new Agent({ keepAlive: true });
const latenciesMs: number[] = [];
let isOver = false;
process.once('SIGTERM', () => {
  isOver = true;
});

while (!isOver) {
  const askedAt = performance.now();
  const isGood = await ask();
  // An answer that never came counts as endless.
  latenciesMs.push(isGood ? performance.now() - askedAt : 1e9);
  await sleep(everyMs);
}
agent.destroy();
console.log(JSON.stringify(latenciesMs));

function ask(): Promise<boolean> {
  return new Promise((resolve) => {
    const request = get(url, { agent, timeout: 10_000 }, (response) => {
      response.resume().on('end', () => resolve(response.statusCode === 200));
    });
    request.on('timeout', () => request.destroy());
    request.on('error', () => resolve(false));
  });
}
