// Layers of a photo from a server, and how far two sets of them are from each other.
const HALF = 128;

/** Posts a photo and reads every layer back; `layers` holds the matte's and the depth's samples. */
export async function askLayers(address, photo, mediaType) {
  const { readStoredZip } = await import('../../packages/contract/dist/client/index.js');
  const { decodeGrey } = await import('../../packages/photo-io/dist/index.js');
  const startedAt = performance.now();
  const answer = await fetch(`${address}/v1/layers`, {
    method: 'POST',
    headers: { 'content-type': mediaType, accept: 'application/zip' },
    body: photo,
    signal: AbortSignal.timeout(300_000),
  });
  if (!answer.ok) throw new Error(`The gateway refused: ${(await answer.json()).detail}`);
  const archive = new Uint8Array(await answer.arrayBuffer());
  const elapsedMs = performance.now() - startedAt;
  const files = readStoredZip(archive);
  const document = JSON.parse(new TextDecoder().decode(files.get('layers.json')));
  const read = async (name) => {
    const entry = document.files[name];
    return entry && decodeGrey(files.get(entry.path));
  };
  return {
    files,
    document,
    elapsedMs,
    answerBytes: archive.length,
    matte: await read('matte'),
    depth: await read('depth'),
  };
}

/** How much of two mattes' subjects is the same, 0..1; 1 where neither has one. */
export function iouOfMattes(one, other) {
  let [both, either] = [0, 0];
  for (let i = 0; i < one.data.length; i++) {
    const [a, b] = [one.data[i] >= HALF, other.data[i] >= HALF];
    if (a && b) both++;
    if (a || b) either++;
  }
  return either === 0 ? 1 : both / either;
}

/** The mean difference of two depths, as a part of their range. */
export function differenceOfDepths(one, other) {
  const most = one.data instanceof Uint16Array ? 65_535 : 255;
  let sum = 0;
  for (let i = 0; i < one.data.length; i++) sum += Math.abs(one.data[i] - other.data[i]);
  return sum / one.data.length / most;
}
