// The matte of a photo, made in the page itself: nothing is sent anywhere.
import { resizeArea } from '@diorama/core';
import { createLocalPredictor, fitModelSize } from '@diorama/runtime';

const [input, output, canvas] = ['input', 'output', 'canvas'].map((it) =>
  document.querySelector(it),
);

const predictor = await createLocalPredictor({
  model: await (await fetch('models/diorama-s.card.json')).json(),
  file: 'models/diorama-s.onnx',
  wasmFolder: 'ort/',
});
input.disabled = false;
output.value = `Ready: ${predictor.provider}, ${predictor.threads} thread(s)`;

/** The pixels of a file as a raster of three channels. */
async function readPhoto(file) {
  const bitmap = await createImageBitmap(file);
  const { width, height } = bitmap;
  const context = new OffscreenCanvas(width, height).getContext('2d');
  context.drawImage(bitmap, 0, 0);
  const rgba = context.getImageData(0, 0, width, height).data;
  const data = new Uint8Array(3 * width * height);
  for (let n = 0; n < width * height; n += 1) data.set(rgba.subarray(4 * n, 4 * n + 3), 3 * n);
  return { width, height, channels: 3, data };
}

/** Shows a raster of one channel, 0..1, as shades of grey. */
function show({ width, height, data }) {
  const picture = new ImageData(width, height);
  data.forEach((sample, n) => {
    picture.data.set([255 * sample, 255 * sample, 255 * sample, 255], 4 * n);
  });
  Object.assign(canvas, { width, height, hidden: false });
  canvas.getContext('2d').putImageData(picture, 0, 0);
}

input.addEventListener('change', async () => {
  const photo = await readPhoto(input.files[0]);
  const image = resizeArea(photo, fitModelSize(predictor.card, photo));
  const { matte, subjectProbability, timingsMs } = await predictor.predict({
    image,
    wanted: ['matte'],
  });
  show(matte);
  const sure = Math.round(100 * subjectProbability);
  output.value = `${Math.round(timingsMs.predict)} ms, ${sure} % sure of a subject`;
});
