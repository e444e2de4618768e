import { env, InferenceSession, Tensor } from 'onnxruntime-node';
import { assertNames, type Network, openingError, sessionSettings } from '../shared/network.ts';
import { Session } from '../shared/session.ts';
import type { SessionStart } from '../shared/session-messages.ts';
import { loadModelFile } from './model-file.ts';
import type { ProviderName } from './providers.ts';

/**
 * Loads the card's file and opens a network on exactly the named provider.
 * @throws DioramaError `MODEL_CORRUPT` when the file is not the card's, is no model, or lacks an input or output
 * that the card names; `PROVIDER_UNAVAILABLE` when the provider cannot run it.
 */
export async function openSession(start: SessionStart<ProviderName>): Promise<Session> {
  const { card, provider, threads } = start;
  const bytes = await loadModelFile(card);
  // ONNX Runtime would write to stderr what it throws as well.
  env.logLevel = 'fatal';
  const isOnCpu = provider === 'cpu';
  let session: InferenceSession;
  try {
    session = await InferenceSession.create(bytes, {
      ...sessionSettings(start),
      executionProviders: [provider],
      intraOpNumThreads: isOnCpu ? threads : 1,
      interOpNumThreads: 1,
    });
  } catch (error) {
    throw openingError(start, isOnCpu, error);
  }
  assertNames(card, session);
  return new Session(card, networkOf(session, card.input.name));
}

/** An opened session as what a `Session` runs; `input` is the name of its one input. */
export function networkOf(session: InferenceSession, input: string): Network {
  const declared = session.inputMetadata.find(({ name }) => name === input);
  return {
    // An open dimension has a name, or none at all, instead of a number.
    takesBatches: declared?.isTensor === true && typeof declared.shape[0] === 'string',
    run: (planes, { count, width, height }, outputs) =>
      session.run({ [input]: new Tensor('float32', planes, [count, 3, height, width]) }, outputs),
    release: () => session.release(),
  };
}
