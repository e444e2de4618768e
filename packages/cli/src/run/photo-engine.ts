import { settleBefore } from './settle.ts';

/** Workers that do not end by themselves within this time end with the process. */
const DISPOSE_MS = 5000;

/**
 * What answers photos, started when the first photo needs it: a run that finds everything finished starts no worker
 * and loads no model.
 */
export class PhotoEngine<E extends { dispose(): Promise<void> }> {
  private readonly start: () => Promise<E>;
  private starting: Promise<E> | undefined;

  constructor(start: () => Promise<E>) {
    this.start = start;
  }

  /** @throws DioramaError `MODEL_UNKNOWN`, `MODEL_CORRUPT`, `PROVIDER_UNAVAILABLE`, `CONFIG_INVALID` */
  get(): Promise<E> {
    this.starting ??= this.start();
    return this.starting;
  }

  /** Ends every worker, also when the start failed or is not over yet. */
  async dispose(): Promise<void> {
    if (!this.starting) return;
    const disposed = this.starting.then(
      (engine) => engine.dispose(),
      () => undefined, // whoever waited for the start has been told
    );
    await settleBefore(disposed, DISPOSE_MS);
  }
}
