import type { PageNetwork } from './predicting/network.ts';
import { openServerNetwork } from './predicting/server-network.ts';
import type { Mode } from './state.ts';

/** Opens networks once and keeps them: the device's own stays warm between photos. */
export class Networks {
  readonly #open = new Map<Mode, Promise<PageNetwork>>();
  readonly #stop = new AbortController();
  readonly #onProgress: (share: number) => void;
  apiKey: string | undefined;

  constructor(onProgress: (share: number) => void) {
    this.#onProgress = onProgress;
  }

  /** The network of a mode, opened if it is not yet. One that did not open is tried again the next time. */
  get(mode: Mode): Promise<PageNetwork> {
    const known = this.#open.get(mode);
    if (known !== undefined) return known;
    const opening = this.#start(mode);
    this.#open.set(mode, opening);
    opening.catch(() => this.#open.delete(mode));
    return opening;
  }

  /** Forgets the server's, since it was opened with another key. The key is kept here and nowhere else. */
  takeKey(apiKey: string): void {
    this.apiKey = apiKey;
    this.#open.delete('server');
  }

  async #start(mode: Mode): Promise<PageNetwork> {
    if (mode === 'server') return openServerNetwork(this.apiKey, this.#stop.signal);
    const { openDeviceNetwork } = await import('./predicting/device-network.ts');
    const { apiKey } = this;
    return openDeviceNetwork({ apiKey, onProgress: this.#onProgress, signal: this.#stop.signal });
  }

  dispose(): void {
    this.#stop.abort();
    for (const opening of this.#open.values()) {
      opening.then((network) => network.dispose()).catch(() => undefined);
    }
    this.#open.clear();
  }
}
