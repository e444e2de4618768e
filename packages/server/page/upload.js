/** A refusal in the server's own words. */
export class Refusal extends Error {
  /** @param {{ detail: string, code: string }} problem */
  constructor({ detail, code }) {
    super(detail);
    this.code = code;
  }
}

const UNREACHABLE = {
  detail: 'The server does not answer. Is it still running?',
  code: 'UNREACHABLE',
};

/**
 * Sends a photo and answers its layers as an archive. The photo's name stays here.
 * @param {Blob} photo
 * @param {{ signal: AbortSignal, apiKey: string, onSent: (share: number) => void }} options an empty key is not sent; share 0..1
 * @returns {Promise<ArrayBuffer>} rejects with a Refusal, or with the signal's reason
 */
export function fetchLayers(photo, { signal, apiKey, onSent }) {
  return new Promise((resolve, reject) => {
    // fetch cannot tell how much it has sent.
    const request = new XMLHttpRequest();
    request.open('POST', '/v1/layers');
    request.responseType = 'arraybuffer';
    request.setRequestHeader('Content-Type', 'application/octet-stream');
    request.setRequestHeader('Accept', 'application/zip');
    if (apiKey !== '') request.setRequestHeader('X-Api-Key', apiKey);
    request.upload.addEventListener('progress', ({ loaded, total }) => onSent(loaded / total));
    request.addEventListener('load', () => {
      if (request.status === 200) resolve(request.response);
      else reject(new Refusal(readProblem(request.response)));
    });
    request.addEventListener('error', () => reject(new Refusal(UNREACHABLE)));
    request.addEventListener('abort', () => reject(signal.reason));
    signal.addEventListener('abort', () => request.abort(), { once: true });
    request.send(photo);
  });
}

/** @param {ArrayBuffer} body */
function readProblem(body) {
  try {
    const { detail, code } = JSON.parse(new TextDecoder().decode(body));
    return { detail: String(detail), code: String(code) };
  } catch {
    return UNREACHABLE;
  }
}
