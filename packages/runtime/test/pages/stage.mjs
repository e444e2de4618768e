// The page of the browser tests: what they do in it, as functions on `globalThis.stage`.
import { resizeArea } from '@diorama/core';
import {
  createLocalPredictor,
  fitModelPicture,
  fitModelSize,
  loadModelCards,
} from '@diorama/runtime';
import { modelFiles } from './model-files.mjs';

const opened = new Map();
let lastHandle = 0;

async function bytesOf(path) {
  return (await fetch(path)).arrayBuffer();
}

function base64Of({ buffer, byteOffset, byteLength }) {
  const bytes = new Uint8Array(buffer, byteOffset, byteLength);
  let text = '';
  for (let n = 0; n < bytes.length; n += 0x8000) {
    text += String.fromCharCode(...bytes.subarray(n, n + 0x8000));
  }
  return btoa(text);
}

function errorOf(error) {
  const { name, code, message, detail } = error;
  return { error: { name, code, message, detail } };
}

/** A picture of one size whose pixels do not matter. */
function grey([width, height]) {
  return { width, height, channels: 3, data: new Uint8Array(3 * width * height).fill(128) };
}

async function siteModel(model) {
  const card = await (await fetch(`/models/${model}.card.json`)).json();
  return { card, path: `/models/${model}.onnx` };
}

async function servedModel(id) {
  const card = (await loadModelCards('/')).find((candidate) => candidate.id === id);
  return { card, path: card.file?.url };
}

globalThis.stage = {
  ...modelFiles,
  isolated: globalThis.crossOriginIsolated,

  /**
   * Opens a predictor: a handle and what it says of itself, or the error. The card lies on the site, or is one of its
   * server's; `how` its file comes is by `address`, as `buffer`, as `blob`, or not at all.
   */
  async open({ model, how = 'address', isServed = false, abortAfterMs, ...options }) {
    const progress = [];
    const controller = new AbortController();
    try {
      const { card, path } = isServed ? await servedModel(model) : await siteModel(model);
      const buffer = how === 'buffer' || how === 'blob' ? await bytesOf(path) : undefined;
      const file = { address: path, buffer, blob: buffer && new Blob([buffer]) }[how];
      if (abortAfterMs !== undefined) setTimeout(() => controller.abort(), abortAfterMs);
      const predictor = await createLocalPredictor({
        model: card,
        file,
        wasmFolder: '/ort',
        signal: controller.signal,
        onProgress: (step) => progress.push(step),
        ...options,
      });
      lastHandle += 1;
      opened.set(lastHandle, predictor);
      const { provider, threads } = predictor;
      const bufferBytes = how === 'buffer' ? buffer.byteLength : undefined;
      return { handle: lastHandle, provider, threads, progress, bufferBytes };
    } catch (error) {
      return { ...errorOf(error), progress };
    }
  },

  /** Opens a predictor with bytes that another one has taken already. */
  async openEmptied({ model }) {
    const { card, path } = await siteModel(model);
    const file = await bytesOf(path);
    structuredClone(file, { transfer: [file] });
    return createLocalPredictor({ model: card, file, wasmFolder: '/ort' }).catch(errorOf);
  },

  /** Holds on to bytes for as long as the page is there. */
  async hold({ path }) {
    globalThis.held = await bytesOf(path);
  },

  /** Brings a photo (raw bytes at `path`) to the model's size, by averages or as its card says, and answers it. */
  async predictPhoto({ handle, path, width, height, isAsCard = false, rounds = 1 }) {
    const predictor = opened.get(handle);
    const photo = { width, height, channels: 3, data: new Uint8Array(await bytesOf(path)) };
    const { card } = predictor;
    const image = isAsCard
      ? fitModelPicture(card, photo)
      : resizeArea(photo, fitModelSize(card, photo));
    let answer;
    const timesMs = [];
    for (let round = 0; round < rounds; round += 1) {
      const from = performance.now();
      answer = await predictor.predict({ image, wanted: card.tasks });
      timesMs.push(performance.now() - from);
    }
    return {
      input: { width: image.width, height: image.height, data: base64Of(image.data) },
      depth: answer.depth && base64Of(answer.depth.data),
      matte: answer.matte && base64Of(answer.matte.data),
      subjectProbability: answer.subjectProbability,
      model: answer.model,
      timesMs,
    };
  },

  /** Answers one picture of a size while the page counts the ticks of its own timer. */
  async predictBesideTimer({ handle, size }) {
    let ticks = 0;
    let longestGapMs = 0;
    const from = performance.now();
    let lastTick = from;
    const tick = () => {
      const now = performance.now();
      longestGapMs = Math.max(longestGapMs, now - lastTick);
      lastTick = now;
    };
    const timer = setInterval(() => {
      ticks += 1;
      tick();
    }, 5);
    await opened.get(handle).predict({ image: grey(size), wanted: ['depth'] });
    clearInterval(timer);
    tick();
    return { ticks, longestGapMs, tookMs: performance.now() - from };
  },

  /** Asks for pictures of these sizes at once, each perhaps with a deadline: what became of each, and in which order. */
  async predictAtOnce({ handle, asks, disposeAfterMs }) {
    const predictor = opened.get(handle);
    const order = [];
    const outcomes = asks.map(async ({ size, cancelAfterMs }, n) => {
      const controller = new AbortController();
      if (cancelAfterMs !== undefined) setTimeout(() => controller.abort(), cancelAfterMs);
      try {
        const { depth } = await predictor.predict(
          { image: grey(size), wanted: ['depth'] },
          controller.signal,
        );
        order.push(n);
        return { samples: depth.data.length };
      } catch (error) {
        order.push(n);
        return errorOf(error);
      }
    });
    if (disposeAfterMs !== undefined) setTimeout(() => predictor.dispose(), disposeAfterMs);
    return { outcomes: await Promise.all(outcomes), order };
  },

  async dispose(handle) {
    await opened.get(handle).dispose();
    opened.delete(handle);
  },
};
