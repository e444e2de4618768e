import { runPredictor } from '@diorama/server/predictor';

/** A predictor in this process, as its command runs it. */
export interface PredictorHere {
  readonly address: string;
  readonly complaints: readonly string[];
  /** Tells it to end and answers its exit code. */
  readonly stop: () => Promise<number>;
}

/** Starts one on a free port of this machine and waits until it is warm. */
export async function startPredictorHere(
  env: Readonly<Record<string, string>> = {},
): Promise<PredictorHere> {
  const stop = new AbortController();
  const complaints: string[] = [];
  let tellPort: (port: string) => void = () => undefined;
  const listening = new Promise<string>((resolve) => {
    tellPort = resolve;
  });
  const exit = runPredictor(
    { PORT: '0', DIORAMA_HOST: '127.0.0.1', DIORAMA_LOG_LEVEL: 'silent', ...env },
    {
      say: (line) => {
        const port = /port (\d+)$/.exec(line)?.[1];
        if (port) tellPort(port);
      },
      complain: (line) => complaints.push(line),
      stop: stop.signal,
    },
  );
  const early = exit.then((code) => {
    throw new Error(`The predictor ended with ${code}: ${complaints.join(' ')}`);
  });
  const address = `http://127.0.0.1:${await Promise.race([listening, early])}`;
  early.catch(() => undefined);
  const health = `${address}${env['AIP_HEALTH_ROUTE'] ?? '/health'}`;
  while ((await Promise.race([fetch(health), early])).status !== 200) {
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  return {
    address,
    complaints,
    stop: () => {
      stop.abort();
      return exit;
    },
  };
}

/** Sends a predict request of instances; the answer's predictions, or its problem. */
export async function askInstances(
  address: string,
  instances: readonly unknown[],
  parameters?: object,
) {
  const body = JSON.stringify({ instances, ...(parameters ? { parameters } : {}) });
  const headers = { 'content-type': 'application/json' };
  const answer = await fetch(`${address}/predict`, { method: 'POST', headers, body });
  const text = await answer.text();
  const read = JSON.parse(text) as Answered; // what the predictor writes
  return {
    ...read,
    status: answer.status,
    headers: answer.headers,
    bytes: Buffer.byteLength(text),
  };
}

interface Answered {
  readonly predictions?: readonly Prediction[];
  readonly code?: string;
  readonly detail?: string;
}

/** As much as tests look at. */
export interface Prediction {
  readonly size?: { readonly width: number; readonly height: number };
  readonly planes?: Readonly<Record<string, { readonly data: string }>>;
  readonly error?: { readonly code: string; readonly status: number };
  readonly description?: object;
  readonly sealed?: { readonly b64: string };
}

/** An instance with a picture. */
export function imageOf(bytes: Uint8Array) {
  return { image: { b64: Buffer.from(bytes).toString('base64') } };
}
