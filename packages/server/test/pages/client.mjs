// The page of the client's browser test: the client, and the calls that the test makes in it.
import { createDioramaClient } from '@diorama/contract/client';

/** What each call answers, as a test can compare it. */
globalThis.callAll = async (baseUrl, apiKey, base64) => {
  const photo = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
  const client = createDioramaClient({ baseUrl, apiKey });
  const { document, files, models, timingsMs } = await client.layers(new Blob([photo]), {
    size: 64,
  });
  const background = await client.subject(photo, { background: photo, size: 64 });
  const { depth } = await client.predict(photo);
  const steps = [];
  const onProgress = ({ step }) => steps.push(step);
  const job = await client.jobs.run(photo, { layers: ['matte'] }, { onProgress });
  const refused = await client.depth(new Uint8Array([1, 2, 3])).catch((error) => error);
  const keyless = await createDioramaClient({ baseUrl })
    .depth(photo)
    .catch((error) => error);
  return {
    documentFiles: Object.values(document.files).map(({ path, bytes }) => [path, bytes]),
    files: [...files].map(([path, { length }]) => [path, length]),
    models: models.map(({ id }) => id),
    hasTimings: timingsMs.predict > 0,
    background: background.mediaType,
    samples: depth.data.length === depth.widthPx * depth.heightPx,
    lastStep: steps.at(-1),
    jobFiles: [...job.files.keys()],
    refused: refused.code,
    keyless: keyless.code,
  };
};
