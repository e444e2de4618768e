// What an embedded model answers for pictures that are made in code, as files beside the tests that hold Node and the
// browser against them. Run by `npm run models:card`, since a new model makes new answers.
import { createHash } from 'node:crypto';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';

/** Scenes whose aspects lead to different model sizes; the last one is smaller than the model's input. */
const SCENES = [
  { seed: 11, width: 640, height: 480 },
  { seed: 12, width: 480, height: 640 },
  { seed: 13, width: 960, height: 400 },
  { seed: 14, width: 200, height: 200 },
];

/** Writes `test/reference/ID/` anew: reference.json, and each plane as an 8-bit grey PNG between its low and high. */
export async function writeReference(id) {
  // Imported here: a card can be brought up to date before anything is installed or built.
  const { default: sharp } = await import('sharp');
  const { resizeArea } = await import('../packages/core/dist/index.js');
  const { renderScene } = await import('../fixtures/dist/index.js');
  const { createLocalPredictor, fitModelSize } = await import(
    '../packages/runtime/dist/node/index.js'
  );
  const folder = new URL(`../packages/runtime/test/reference/${id}/`, import.meta.url);
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  const predictor = await createLocalPredictor({ model: id, threads: 1 });
  const { card } = predictor;
  const cases = [];
  for (const scene of SCENES) {
    const { photo } = renderScene(scene);
    const image = resizeArea(photo, fitModelSize(card, photo));
    const answer = await predictor.predict({ image, wanted: card.tasks });
    const { width, height } = image;
    const planes = {};
    for (const name of ['depth', 'matte']) {
      if (!answer[name]) continue;
      const { data } = answer[name];
      const low = data.reduce((least, sample) => Math.min(least, sample), Infinity);
      const high = data.reduce((most, sample) => Math.max(most, sample), -Infinity);
      const gain = high > low ? 255 / (high - low) : 0;
      const grey = Uint8Array.from(data, (sample) => Math.round((sample - low) * gain));
      const file = `${scene.width}x${scene.height}-${name}.png`;
      const png = sharp(grey, { raw: { width, height, channels: 1 } }).png({ compressionLevel: 9 });
      await png.toColourspace('b-w').toFile(fileURLToPath(new URL(file, folder)));
      planes[name] = { file, low, high };
    }
    const { subjectProbability } = answer;
    const inputSha256 = createHash('sha256').update(image.data).digest('hex');
    cases.push({
      scene,
      input: { width, height, sha256: inputSha256 },
      planes,
      subjectProbability,
    });
  }
  await predictor.dispose();
  const { version, sha256 } = card;
  const text = JSON.stringify({ model: { id, version, sha256 }, cases }, null, 2);
  await writeFile(new URL('reference.json', folder), `${text}\n`);
  console.log(`${id}: ${cases.length} reference answers in packages/runtime/test/reference/${id}`);
}
