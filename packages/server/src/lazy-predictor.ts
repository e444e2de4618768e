import type { ModelCard } from '@diorama/contract';
import type { Predictor } from '@diorama/runtime';

/** A predictor that is opened when it is first asked, for what may never be needed. A start that failed is tried again. */
export function lazyPredictor(card: ModelCard, open: () => Promise<Predictor>): Predictor {
  let opening: Promise<Predictor> | undefined;
  return {
    card,
    provider: 'cpu',
    predict: async (request, signal) => {
      opening ??= open();
      const opened = await opening.catch((error: unknown) => {
        opening = undefined;
        throw error;
      });
      return opened.predict(request, signal);
    },
    dispose: async () => {
      await opening?.then(
        (opened) => opened.dispose(),
        () => undefined, // whoever asked was told
      );
    },
  };
}
