// A predictor that is well by all it says of itself, and never answers what a model can have answered. It shows each of its
// faults in turn, so that every run shows all of them.

import { randomFillSync } from 'node:crypto';
import { createServer } from 'node:http';
import { unzipSync, zipSync } from 'fflate';

const { REAL_ORIGIN, AIP_HTTP_PORT } = process.env;

/** The first request is shown to a real predictor, to know what a good answer looks like. */
let learned;
let asked = 0;

const FAULTS = [
  // Random bytes that say they are an archive.
  ({ response }) => send(response, randomFillSync(Buffer.alloc(20_000))),
  // A page, as of something that stands before the predictor.
  ({ response }) => send(response, Buffer.from('<html>Bad gateway</html>'), 'text/html'),
  // JSON of the right shape in the wrong place.
  ({ response }) => send(response, Buffer.from('{"predictions":[{}]}'), 'application/json'),
  // Cut in the middle, as if all were well.
  ({ response, good }) => send(response, good.subarray(0, good.length / 2)),
  // Another model.
  ({ response, good }) =>
    send(
      response,
      rewritten(good, (said) => ({ ...said, model: { ...said.model, sha256: '0'.repeat(64) } })),
    ),
  // A scale that no number is.
  ({ response, good }) =>
    send(
      response,
      withText(good, (text) => text.replace(/"scale":[^,]+/, '"scale":1e999')),
    ),
  // Planes of another size than is said.
  ({ response, good }) =>
    send(
      response,
      rewritten(good, (said) => ({
        ...said,
        size: { width: said.size.height, height: said.size.width + 16 },
      })),
    ),
  // Without one of its planes.
  ({ response, good }) =>
    send(
      response,
      zipped(good, (files) => ({ 'prediction.json': files['prediction.json'] })),
    ),
  // A byte now and then.
  ({ response, good }) => drip(response, good),
  // Less than was announced, and then the connection is closed.
  ({ response, good }) => {
    response.writeHead(200, { 'content-type': 'application/zip', 'content-length': good.length });
    response.write(good.subarray(0, 1000), () => response.socket?.end());
  },
  // Closed without a word.
  ({ response }) => response.socket?.destroy(),
  // Nothing at all, for ever.
  () => undefined,
];

const server = createServer(async (request, response) => {
  response.on('error', () => undefined);
  if (request.method === 'GET') {
    response.end();
    return;
  }
  const pieces = [];
  try {
    for await (const piece of request) pieces.push(piece);
    learned ??= learn(request.headers['content-type'], Buffer.concat(pieces));
    const good = await learned;
    FAULTS[asked++ % FAULTS.length]({ response, good });
  } catch {
    response.socket?.destroy();
  }
});
server.listen(Number(AIP_HTTP_PORT), '127.0.0.1');

async function learn(type, body) {
  const answer = await fetch(`${REAL_ORIGIN}/predict`, {
    method: 'POST',
    headers: { 'content-type': type },
    body,
  });
  return Buffer.from(await answer.arrayBuffer());
}

function send(response, bytes, type = 'application/zip') {
  response.writeHead(200, { 'content-type': type, 'content-length': bytes.length }).end(bytes);
}

function drip(response, good) {
  response.writeHead(200, { 'content-type': 'application/zip' });
  let at = 0;
  const timer = setInterval(() => response.write(good.subarray(at, ++at)), 100);
  response.on('close', () => clearInterval(timer));
}

function zipped(good, change) {
  return Buffer.from(zipSync(change(unzipSync(good)), { level: 0 }));
}

function withText(good, change) {
  return zipped(good, (files) => {
    const text = Buffer.from(files['prediction.json']).toString();
    return { ...files, 'prediction.json': Buffer.from(change(text)) };
  });
}

function rewritten(good, change) {
  return withText(good, (text) => JSON.stringify(change(JSON.parse(text))));
}
