// npm run through-vertex -- PHOTO: a photo through a gateway and a Vertex AI endpoint of both kinds, on this machine: what
// travels, how long it takes, and how near the layers are to those of a server on its own.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { prepare } from './prepare.mjs';
import { faultsOf } from './through-vertex/judge.mjs';
import { askLayers, differenceOfDepths, iouOfMattes } from './through-vertex/layers.mjs';
import { CONTAINER, startGateway } from './through-vertex/programs.mjs';
import { printWays } from './through-vertex/table.mjs';

const USAGE = `Usage: npm run through-vertex -- [PHOTO] [options]

  -o, --output DIR    writes the layers of each way into DIR
  --size WxH          of the photo that is made where none is given; default 4000x3000

Exit codes: 0 all is as it should be, 1 something is off, 64 not understood.`;

/** Health and liveness are asked ten times as often as the platform does. */
const TIME_SCALE = 0.1;
const READY_TIMEOUT_MS = 60_000;

function readArguments() {
  try {
    const { values, positionals } = parseArgs({
      allowPositionals: true,
      options: {
        output: { type: 'string', short: 'o' },
        size: { type: 'string', default: '4000x3000' },
      },
    });
    const [, width, height] = /^(\d{2,5})x(\d{2,5})$/.exec(values.size) ?? [];
    if (width === undefined || positionals.length > 1) throw new Error('Not understood.');
    const size = { width: Number(width), height: Number(height) };
    return { photo: positionals[0], output: values.output, size };
  } catch (error) {
    console.error(`${error.message}\n\n${USAGE}`);
    return process.exit(64);
  }
}

async function readPhoto(path, size) {
  if (path !== undefined) return readFileSync(resolve(process.env.INIT_CWD ?? '.', path));
  const { fromRaster, renderScene } = await import('../fixtures/dist/index.js');
  const { photo } = renderScene({ seed: 3, family: 'figure', ...size });
  return fromRaster(photo).jpeg({ quality: 92 }).toBuffer();
}

const PHOTO_TYPES = {
  jpeg: 'image/jpeg',
  png: 'image/png',
  webp: 'image/webp',
  avif: 'image/avif',
};

/** The same photo twice: what is opened and fetched for the first one is there for the second. */
async function askTwice(gateway, photo, mediaType) {
  const first = await askLayers(gateway.address, photo, mediaType);
  const second = await askLayers(gateway.address, photo, mediaType);
  return { ...second, firstMs: first.elapsedMs };
}

/** A gateway before an endpoint before a container. */
async function throughEndpoint(kind, photo, mediaType) {
  const { startTokenServer, startVertexStandIn } = await import(
    '../fixtures/dist/google-cloud/index.js'
  );
  const tokens = await startTokenServer();
  const endpoint = await startVertexStandIn({
    kind,
    container: CONTAINER,
    tokens,
    timeScale: TIME_SCALE,
  });
  try {
    await endpoint.ready(READY_TIMEOUT_MS);
    const { location, project, endpointId, origin } = endpoint;
    const host = `${endpointId}.${location}-100000000001.prediction.vertexai.goog`;
    const query = new URLSearchParams({ ...(kind === 'dedicated' ? { host } : {}), origin });
    const gateway = await startGateway({
      // With a key file here and as a machine of Google's there: both ways to get tokens.
      ...(kind === 'shared' ? tokens.keyFileEnvironment : tokens.metadataEnvironment),
      DIORAMA_PREDICTORS: `vertex://${location}/${project}/${endpointId}?${query}`,
    });
    try {
      const way = await askTwice(gateway, photo, mediaType);
      return { ...way, kind, traffic: endpoint.traffic(), refusedHosts: tokens.refusedHosts };
    } finally {
      await gateway.stop();
    }
  } finally {
    await endpoint.close();
    await tokens.close();
  }
}

async function alone(photo, mediaType) {
  const gateway = await startGateway({});
  try {
    return { ...(await askTwice(gateway, photo, mediaType)), kind: 'alone' };
  } finally {
    await gateway.stop();
  }
}

const { photo: path, output, size } = readArguments();
prepare();
const { DEDICATED_ENDPOINT_BYTES, SHARED_ENDPOINT_BYTES } = await import(
  '../packages/contract/dist/index.js'
);
const { openPhoto } = await import('../packages/photo-io/dist/index.js');
const photo = await readPhoto(path, size);
const { info } = await openPhoto(photo);
const mediaType = PHOTO_TYPES[info.type] ?? 'application/octet-stream';
const megapixels = ((info.width * info.height) / 1e6).toFixed(1);
console.log(
  `${info.width}x${info.height} (${megapixels} MP), ${photo.length.toLocaleString('en')} bytes\n`,
);

const caps = { shared: SHARED_ENDPOINT_BYTES, dedicated: DEDICATED_ENDPOINT_BYTES };
const ways = [await alone(photo, mediaType)];
for (const kind of ['shared', 'dedicated'])
  ways.push(await throughEndpoint(kind, photo, mediaType));
const [local] = ways;
const judged = ways.map((way) => {
  const difference =
    way === local
      ? undefined
      : {
          iou: iouOfMattes(local.matte, way.matte),
          depth: differenceOfDepths(local.depth, way.depth),
        };
  return { way, difference, faults: faultsOf(way, { caps, info, difference }) };
});
printWays(judged, caps);

if (output !== undefined) {
  for (const { kind, files } of ways) {
    const folder = join(resolve(process.env.INIT_CWD ?? '.', output), kind);
    mkdirSync(folder, { recursive: true });
    for (const [name, bytes] of files) writeFileSync(join(folder, name), bytes);
    console.log(`\n${folder}: ${[...files.keys()].join(', ')}`);
  }
}
const faults = judged.flatMap((one) => one.faults);
for (const line of faults) console.error(`OFF  ${line}`);
console.log(
  faults.length === 0 ? '\nAll is as it should be.' : `\n${faults.length} things are off.`,
);
process.exitCode = faults.length === 0 ? 0 : 1;
