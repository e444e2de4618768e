// Bundles the page beside this file and serves it, with a Diorama server behind the same address:
//   npm run build && node examples/browser/serve.mjs                           starts a server of its own
//   npm run build && node examples/browser/serve.mjs http://localhost:8080     takes the one that runs there
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { bundleForBrowser, ortFiles, serveSite } from '../../browser/dist/index.js';
import { loadConfig, serve } from '../../packages/server/dist/index.js';

const RUNTIME = new URL('../../packages/runtime/', import.meta.url);
const at = (path, base = import.meta.url) => fileURLToPath(new URL(path, base));

/** Everything that the page needs but models, by its path: the page, its bundle, ONNX Runtime's own files. */
export async function exampleFiles() {
  return new Map([
    ['index.html', await readFile(at('index.html'))],
    ['page.css', await readFile(at('page.css'))],
    ...(await bundleForBrowser({
      page: at('page.js'),
      'session-worker': at('dist/web/session-worker.js', RUNTIME),
    })),
    ...(await ortFiles('ort')),
  ]);
}

async function ownServer() {
  const { address } = await serve(loadConfig({ ...process.env, PORT: '0' }));
  return address;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const server = process.argv[2] ?? (await ownServer());
  // Isolated, so that the network may use several threads.
  const { origin } = await serveSite(await exampleFiles(), { isIsolated: true, server });
  console.log(origin);
}
