import { DioramaError } from '@diorama/core';
import type { InferenceSession } from 'onnxruntime-web';
import { assertNames, openingError, sessionSettings } from '../shared/network.ts';
import { Session } from '../shared/session.ts';
import { assertGpu } from './gpu.ts';
import { loadModelFile } from './model-file.ts';
import type { WebSessionStart } from './session-start.ts';

/** How long a file that is being kept may hold up the first picture. */
const LONGEST_KEEPING_MS = 5_000;

/**
 * Loads and checks the model's file and opens a network on exactly the named provider.
 * @throws DioramaError what `loadModelFile` throws; `MODEL_CORRUPT` when the file is no model, or lacks an input or
 * output that the card names; `PROVIDER_UNAVAILABLE` when the provider cannot run it, or not with these threads;
 * `CONFIG_INVALID` when ONNX Runtime's own files are not in their folder.
 */
export async function openSession(start: WebSessionStart): Promise<Session> {
  const { card, provider, threads, wasmFolder } = start;
  const isOnProcessor = provider === 'wasm';
  if (!isOnProcessor) await assertGpu(start);
  const { bytes, kept } = await loadModelFile(start);
  // Two builds of one library: the one without WebGPU is half the size, and it is what most pages need.
  const { env, InferenceSession, Tensor } = isOnProcessor
    ? await import('onnxruntime-web/wasm')
    : await import('onnxruntime-web/webgpu');
  env.logLevel = 'fatal';
  env.wasm.wasmPaths = wasmFolder;
  env.wasm.numThreads = threads;
  let session: InferenceSession;
  try {
    session = await InferenceSession.create(bytes, {
      ...sessionSettings(start),
      executionProviders: [provider],
    });
  } catch (error) {
    // ONNX Runtime's words for: its own files did not load.
    if (isOnProcessor && /no available backend/i.test(String(error))) throw filesMissing(error);
    throw openingError(start, isOnProcessor, error);
  }
  // It takes one thread where it cannot have more, with a warning that nobody sees.
  if (env.wasm.numThreads !== threads) {
    throw new DioramaError('PROVIDER_UNAVAILABLE', `it has no ${threads} threads here`, {
      detail: { provider, threads },
    });
  }
  assertNames(card, session);
  // Ready is when the bytes are let go; a store that takes its time goes on by itself.
  await Promise.race([kept, new Promise((resolve) => setTimeout(resolve, LONGEST_KEEPING_MS))]);
  return new Session(card, {
    // A page asks for one picture at a time.
    takesBatches: false,
    run: (planes, { count, width, height }, outputs) => {
      const pictures = new Tensor('float32', planes, [count, 3, height, width]);
      return session.run({ [card.input.name]: pictures }, outputs);
    },
    release: () => session.release(),
  });
}

function filesMissing(cause: unknown): DioramaError {
  return new DioramaError(
    'CONFIG_INVALID',
    "ONNX Runtime's own files (ort-wasm-*.mjs and .wasm) cannot be loaded from `wasmFolder`.",
    { cause },
  );
}
