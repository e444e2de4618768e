import type { Diorama, DioramaOptions } from '@diorama/engine';
import { settleBefore } from './settle.ts';

/** Workers that do not end by themselves within this time end with the process. */
const DISPOSE_MS = 5000;

/**
 * The engine, started when the first photo needs it: a run that finds everything finished starts no worker and loads
 * no model.
 */
export class PhotoEngine {
  private readonly options: DioramaOptions;
  private starting: Promise<Diorama> | undefined;

  constructor(options: DioramaOptions) {
    this.options = options;
  }

  /** @throws DioramaError `MODEL_UNKNOWN`, `MODEL_CORRUPT`, `PROVIDER_UNAVAILABLE`, `CONFIG_INVALID` */
  get(): Promise<Diorama> {
    this.starting ??= import('@diorama/engine').then((engine) =>
      engine.createDiorama(this.options),
    );
    return this.starting;
  }

  /** Ends every worker, also when the start failed or is not over yet. */
  async dispose(): Promise<void> {
    if (!this.starting) return;
    const disposed = this.starting.then(
      (diorama) => diorama.dispose(),
      () => undefined, // whoever waited for the start has been told
    );
    await settleBefore(disposed, DISPOSE_MS);
  }
}
