import type { Page } from './studio-page.ts';

/** How long a page may take to come to rest. */
const DEADLINE_MS = 120_000;
/** What is put off for longer is no part of what was begun. */
const LONGEST_TIMER_MS = 1000;

/**
 * Runs in a page before anything else. `work.left()`: a word for each picture of the screen that it waits for, each timer
 * that ends soon, and each task that a worker has neither answered nor been told to leave. `work.frames`: the frames of effects that were asked for, oldest first,
 * each with whether it has been answered.
 */
export const WATCH_WORK = `
const pictures = new Set();
const timers = new Set();
const tasks = new Set();

const { requestAnimationFrame: request, cancelAnimationFrame: cancel, setTimeout: start, clearTimeout: stop } = globalThis;
globalThis.work = {
  frames: [],
  left: () => [
    ...Array.from(pictures, () => 'a picture'),
    ...Array.from(timers, () => 'a timer'),
    ...Array.from(tasks, ({ name }) => name),
  ],
  // Two on, what was to be painted is.
  painted: () => new Promise((resolve) => request(() => request(resolve))),
};
globalThis.requestAnimationFrame = (onPicture) => {
  const id = request((now) => { pictures.delete(id); onPicture(now); });
  pictures.add(id);
  return id;
};
globalThis.cancelAnimationFrame = (id) => { pictures.delete(id); cancel(id); };
globalThis.setTimeout = (run, delay = 0, ...given) => {
  const id = start(() => { timers.delete(id); run(...given); }, delay);
  if (delay <= ${LONGEST_TIMER_MS}) timers.add(id);
  return id;
};
globalThis.clearTimeout = (id) => { timers.delete(id); stop(id); };

const tasksOf = new WeakMap();
const { postMessage, terminate } = Worker.prototype;
Worker.prototype.postMessage = function (message, ...more) {
  if (message?.kind === 'ask') {
    const mine = tasksOf.get(this) ?? listen(this);
    const task = { name: message.name, isAnswered: false };
    mine.set(message.id, task);
    tasks.add(task);
    if (message.name === 'frame') work.frames.push(task);
  }
  // A task that is not wanted any more is not answered.
  if (message?.kind === 'cancel') end(this, message.id);
  return postMessage.call(this, message, ...more);
};
Worker.prototype.terminate = function () {
  for (const task of tasksOf.get(this)?.values() ?? []) tasks.delete(task);
  return terminate.call(this);
};
function listen(worker) {
  const mine = new Map();
  tasksOf.set(worker, mine);
  worker.addEventListener('message', ({ data }) => {
    if (data?.kind !== 'answer' && data?.kind !== 'refusal') return;
    const task = end(worker, data.id);
    if (task) task.isAnswered = true;
  });
  return mine;
}
function end(worker, id) {
  const mine = tasksOf.get(worker);
  const task = mine?.get(id);
  mine?.delete(id);
  tasks.delete(task);
  return task;
}`;

/** Waits until nothing is under way in the page, and what came of it has been painted. */
export async function atRest(page: Page): Promise<void> {
  // What is begun by what has just ended is seen in the second look.
  const isResting = `(async () => {
    for (let look = 0; look < 2; look++) {
      if (work.left().length > 0) return false;
      await work.painted();
    }
    return work.left().length === 0;
  })()`;
  await until(page, isResting, 'the page comes to rest');
}

/** Waits until a frame of effects is shown that was asked for after `count` others. */
export async function frameAfter(page: Page, count: number): Promise<void> {
  // The next one is asked for when one is shown.
  const isShown = `work.frames.slice(${count}).filter(({ isAnswered }) => isAnswered).length > 1`;
  await until(page, isShown, 'a frame of the effects is shown');
}

/** Waits until the page hears: Chromium drops what is typed and clicked before it has painted for the first time. */
export async function firstPaint(page: Page): Promise<void> {
  const isThere = `performance.getEntriesByName('first-contentful-paint').length > 0`;
  await until(page, isThere, 'the page is painted');
}

/** Playwright's own way asks the page to evaluate text, which its policy forbids. */
async function until(page: Page, condition: string, what: string): Promise<void> {
  const isSo = await page.evaluate<boolean>(`(async () => {
    for (const end = Date.now() + ${DEADLINE_MS}; Date.now() < end; await work.painted()) {
      if (await (${condition})) return true;
    }
    return false;
  })()`);
  if (isSo) return;
  const left = await page.evaluate<readonly string[]>('work.left()');
  throw new Error(`Waited ${DEADLINE_MS / 1000} s until ${what}; left: ${left.join(', ')}.`);
}
