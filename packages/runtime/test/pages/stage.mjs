// The page of the browser tests: what they do in it, as functions on `globalThis.stage`.
import { resizeArea } from '@diorama/core';
import { createLocalPredictor, fitModelSize } from '@diorama/runtime';

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

globalThis.stage = {
  isolated: globalThis.crossOriginIsolated,

  /** Opens a predictor: a handle and what it says of itself, or the error. */
  async open({ model, isFileFetched = false, ...options }) {
    const card = await (await fetch(`/models/${model}.card.json`)).json();
    const path = `/models/${model}.onnx`;
    const file = isFileFetched ? await bytesOf(path) : path;
    try {
      const predictor = await createLocalPredictor({
        model: card,
        file,
        wasmFolder: '/ort',
        ...options,
      });
      lastHandle += 1;
      opened.set(lastHandle, predictor);
      const { provider, threads } = predictor;
      return { handle: lastHandle, provider, threads };
    } catch (error) {
      return errorOf(error);
    }
  },

  /** Brings a photo (raw bytes at `path`) to the model's size and answers it. */
  async predictPhoto({ handle, path, width, height, rounds = 1 }) {
    const predictor = opened.get(handle);
    const photo = { width, height, channels: 3, data: new Uint8Array(await bytesOf(path)) };
    const image = resizeArea(photo, fitModelSize(predictor.card, photo));
    let answer;
    const timesMs = [];
    for (let round = 0; round < rounds; round += 1) {
      const from = performance.now();
      answer = await predictor.predict({ image, wanted: predictor.card.tasks });
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
