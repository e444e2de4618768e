// Bundles the page beside this file and serves it:   npm run build && node examples/browser/serve.mjs
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { bundleForBrowser, ortFiles, serveSite } from '../../browser/dist/index.js';

const RUNTIME = new URL('../../packages/runtime/', import.meta.url);
const at = (path, base = import.meta.url) => fileURLToPath(new URL(path, base));

/** Everything that the page needs, by its path: the page, its bundle, the model, ONNX Runtime's own files. */
export async function exampleFiles() {
  const models = ['diorama-s.card.json', 'diorama-s.onnx'];
  return new Map([
    ['index.html', await readFile(at('index.html'))],
    ...(await bundleForBrowser({
      page: at('page.js'),
      'session-worker': at('dist/web/session-worker.js', RUNTIME),
    })),
    ...(await ortFiles('ort')),
    ...(await Promise.all(
      models.map(async (name) => [
        `models/${name}`,
        await readFile(at(`models/embedded/${name}`, RUNTIME)),
      ]),
    )),
  ]);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  // Isolated, so that the network may use several threads.
  const { origin } = await serveSite(await exampleFiles(), { isIsolated: true });
  console.log(origin);
}
