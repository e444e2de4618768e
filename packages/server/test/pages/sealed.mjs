// The page of the sealed client's browser test: pictures that only a predictor can read.
import { createSealBox, createSealKey } from '@diorama/sealed';
import { createSealedClient, createSealer } from '@diorama/sealed/caller';

/** What each call answers, as a test can compare it. */
globalThis.sealAndPredict = async (baseUrl, type, base64) => {
  const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
  const client = createSealedClient({ baseUrl });
  const { document, depth, matte } = await client.predict({ type, bytes });
  const stranger = createSealedClient({ baseUrl, keys: [await createSealKey()] });
  const refused = await stranger.predict({ type, bytes }).catch((error) => error);
  const own = await createSealKey();
  const box = createSealBox([own]);
  const echoed = await createSealer({ keys: [own] }).exchange(
    { contentType: type, bytes },
    async (message) => {
      const { content, sealAnswer } = await box.open(message);
      return sealAnswer(content);
    },
  );
  return {
    model: document.model.id,
    size: document.size,
    depth: depth.data.length,
    matte: matte.data.length,
    refused: refused.code,
    echoed: echoed.bytes.length === bytes.length && echoed.contentType === type,
  };
};
