// The page of the figure `predict-web`: one predictor, asked from outside through `globalThis.bench`.
import { createLocalPredictor } from '@diorama/runtime';

const base64Of = ({ buffer }) => {
  let text = '';
  for (const byte of new Uint8Array(buffer)) text += String.fromCharCode(byte);
  return btoa(text);
};

let predictor;
let request;

globalThis.bench = {
  /** Opens the predictor with one thread and reads the picture; answers how long the opening took, in ms. */
  async open({ width, height }) {
    const data = new Uint8Array(await (await fetch('picture')).arrayBuffer());
    request = { image: { width, height, channels: 3, data }, wanted: ['depth', 'matte'] };
    const from = performance.now();
    predictor = await createLocalPredictor({
      model: await (await fetch('model.json')).json(),
      file: 'model.onnx',
      wasmFolder: 'ort/',
      threads: 1,
    });
    return performance.now() - from;
  },

  /** One prediction in ms, with the way to the worker and back. */
  async predictMs() {
    const from = performance.now();
    await predictor.predict(request);
    return performance.now() - from;
  },

  async answer() {
    const { depth, matte } = await predictor.predict(request);
    return { depth: base64Of(depth.data), matte: base64Of(matte.data) };
  },
};
