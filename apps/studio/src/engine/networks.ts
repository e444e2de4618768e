import type { PageNetwork } from './predicting/network.ts';
import { openServerNetwork } from './predicting/server-network.ts';
import type { Mode } from './state.ts';

/** What a network needs to open. */
export interface OpenOptions {
  readonly apiKey: string | undefined;
  /** Told 0..1 while a model comes. */
  readonly onProgress: (share: number) => void;
  readonly signal: AbortSignal;
}

/** How the network of each mode opens. @throws DioramaError */
export type Openers = Readonly<Record<Mode, (options: OpenOptions) => Promise<PageNetwork>>>;

const OPENERS: Openers = {
  // What runs a network is loaded when one is to run here.
  device: async (options) =>
    (await import('./predicting/device-network.ts')).openDeviceNetwork(options),
  server: ({ apiKey, signal }) => openServerNetwork(apiKey, signal),
};

/** Opens networks once and keeps them: the device's own stays warm between photos. */
export class Networks {
  readonly #open = new Map<Mode, Promise<PageNetwork>>();
  readonly #stop = new AbortController();
  readonly #onProgress: (share: number) => void;
  readonly #openers: Openers;
  #apiKey: string | undefined;

  constructor(onProgress: (share: number) => void, openers: Openers = OPENERS) {
    this.#onProgress = onProgress;
    this.#openers = openers;
  }

  /** The network of a mode, opened if it is not yet. One that did not open is tried again the next time. */
  get(mode: Mode): Promise<PageNetwork> {
    const known = this.#open.get(mode);
    if (known !== undefined) return known;
    const opening = this.#openers[mode]({
      apiKey: this.#apiKey,
      onProgress: this.#onProgress,
      signal: this.#stop.signal,
    });
    this.#open.set(mode, opening);
    opening.catch(() => {
      if (this.#open.get(mode) === opening) this.#open.delete(mode);
    });
    return opening;
  }

  /** Forgets the server's, since it was opened with another key. The key is kept here and nowhere else. */
  takeKey(apiKey: string): void {
    this.#apiKey = apiKey;
    this.#open.delete('server');
  }

  dispose(): void {
    this.#stop.abort();
    for (const opening of this.#open.values()) {
      opening.then((network) => network.dispose()).catch(() => undefined);
    }
    this.#open.clear();
  }
}
