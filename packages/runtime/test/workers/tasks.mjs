// A worker for the pool's tests: each request says what happens to it.
import { existsSync, writeFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { threadId } from 'node:worker_threads';
import { DioramaError } from '@diorama/core';
import { serveWorker } from '@diorama/runtime';

let state;
let served = 0;

/** True the first time only, over all threads and restarts: the marker lies in a file. */
function isFirst(marker) {
  if (existsSync(marker)) return false;
  writeFileSync(marker, '');
  return true;
}

function die(how) {
  if (how === 'exit') process.exit(7);
  setImmediate(() => {
    throw new Error('thrown outside of any task');
  });
  return new Promise(() => {});
}

async function handle(request, context) {
  served += 1;
  switch (request.do) {
    case 'echo':
      return { value: request.value };
    case 'where':
      return { value: { threadId, pid: process.pid, served, state } };
    case 'sleep':
      await sleep(request.ms, undefined, { ref: true });
      return { value: 'slept' };
    case 'wait-for-abort':
      await new Promise((resolve) => context.signal.addEventListener('abort', resolve));
      return { value: String(context.signal.reason.code) };
    case 'spin-until-cancelled':
      for (;;) context.throwIfCancelled();
    case 'hang':
      return new Promise(() => {});
    case 'hold-thread':
      Atomics.wait(new Int32Array(request.gate), 0, 0);
      new Int32Array(request.gate)[1] = 1;
      return { value: 'let go' };
    case 'die':
      return die(request.how);
    case 'die-once':
      if (isFirst(request.marker)) return die(request.how);
      return { value: { threadId, pid: process.pid, bytes: request.bytes?.byteLength } };
    case 'refuse':
      throw new DioramaError('PHOTO_EMPTY', 'Nothing in it.', {
        detail: { bytes: 0 },
        cause: new Error('the reason beneath'),
      });
    case 'throw':
      throw new TypeError('a slip of the pen');
    case 'answer-a-function':
      return { value: () => {} };
    case 'give-back':
      return { value: request.bytes, transfer: [request.bytes.buffer] };
    case 'environment':
      return { value: { ...process.env } };
    case 'print':
      console.log('printed by a library');
      console.error('printed by a library');
      return { value: 'printed' };
    case 'spin': {
      const end = performance.now() + request.ms;
      while (performance.now() < end);
      return { value: 'spun' };
    }
    case 'note':
      for (const note of request.notes) context.note(note);
      return { value: 'noted' };
    case 'ask':
      return { value: await context.call(request.service, request.payload) };
    default:
      throw new DioramaError('REQUEST_INVALID', `No such task: ${request.do}`);
  }
}

serveWorker({
  init(data) {
    state = data;
    if (data?.start === 'never') return new Promise(() => {});
    if (data?.start === 'refuse') throw new DioramaError('MODEL_CORRUPT', 'The state is damaged.');
    if (data?.start === 'once' && !isFirst(data.marker)) process.exit(9);
  },
  handle,
});
