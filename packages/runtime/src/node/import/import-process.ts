import { readFile, writeFile } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { basename } from 'node:path';
import type { ModelCard } from '@diorama/contract';
import { DioramaError, isDioramaError, type Size } from '@diorama/core';
import { env, InferenceSession } from 'onnxruntime-node';
import { errorToWire } from '../../shared/error-wire.ts';
import { warmUpSize } from '../../shared/model-size.ts';
import { sessionSettings } from '../../shared/network.ts';
import { networkOf, openSession } from '../open-session.ts';
import type { ProcessReply } from './ask-process.ts';
import type { ImportRequest, TrialAnswer } from './import-request.ts';
import { ortReason } from './ort-reason.ts';
import { type ProbedNetwork, probeNetwork } from './probe-network.ts';
import { syntheticPictures } from './synthetic-pictures.ts';

const threads = availableParallelism();

async function answer(request: ImportRequest): Promise<ProbedNetwork | TrialAnswer> {
  return request.kind === 'probe' ? probe(request.path) : tryCard(request.card);
}

async function probe(path: string): Promise<ProbedNetwork> {
  // From bytes, as a session opens it later: what needs a second file fails here already.
  const session = await open(await readFile(path), basename(path));
  const declared = { inputs: session.inputMetadata, outputs: session.outputMetadata };
  return probeNetwork(declared, (input) => networkOf(session, input));
}

async function open(bytes: Uint8Array, name: string): Promise<InferenceSession> {
  env.logLevel = 'fatal';
  try {
    return await InferenceSession.create(bytes, {
      ...sessionSettings({ isGpuRequired: false }),
      executionProviders: ['cpu'],
      intraOpNumThreads: threads,
      interOpNumThreads: 1,
    });
  } catch (error) {
    const why = ortReason(error);
    if (/external|model_path/i.test(String(error))) {
      const message = `${name} keeps its weights in another file; save it as one file`;
      throw new DioramaError('REQUEST_INVALID', message, { cause: error });
    }
    throw new DioramaError('MODEL_CORRUPT', `${name} cannot be opened by ONNX Runtime: ${why}`, {
      cause: error,
    });
  }
}

/** One picture through the ordinary session. */
async function tryCard(card: ModelCard): Promise<TrialAnswer> {
  const session = await openSession({ card, provider: 'cpu', threads, isGpuRequired: false });
  const [image] = syntheticPictures(warmUpSize(card));
  if (!image) throw new DioramaError('INTERNAL', 'There is no picture to try');
  const { answers, predictMs } = await session
    .predict({ images: [image], wanted: card.tasks })
    .catch((error) => {
      throw withReason(error, image);
    });
  for (const plane of answers.flatMap(({ depth, matte }) => [depth, matte])) {
    if (plane?.every(Number.isNaN)) {
      const message = `Model ${card.id} answers nothing but not-a-number, whatever the picture`;
      throw new DioramaError('MODEL_OUTPUT_INVALID', message);
    }
  }
  return { width: image.width, height: image.height, predictMs };
}

/** A session does not tell a person what ONNX Runtime said. Here it may be about the size that they chose. */
function withReason(error: unknown, { width, height }: Size): unknown {
  if (!isDioramaError(error) || !(error.cause instanceof Error)) return error;
  const said = `${error.message.replace(/\.$/, '')} on a picture of ${width}x${height}`;
  return new DioramaError(error.code, `${said}: ${ortReason(error.cause)}`, { cause: error.cause });
}

// A graph may ask for any amount of memory. Linux then ends this process first, and not what else a person runs.
await writeFile('/proc/self/oom_score_adj', '1000').catch(() => undefined);

// Whoever asked ends this process; a terminal's Ctrl-C reaches it too, and would look like a crash.
process.on('SIGINT', () => undefined);
process.on('disconnect', () => process.kill(process.pid, 'SIGKILL'));
process.on('message', ({ request }: { readonly request: ImportRequest }) => {
  const reply = (message: ProcessReply<unknown>) => process.send?.(message);
  answer(request).then(
    (value) => reply({ answer: value }),
    (error) => reply({ error: errorToWire(error) }),
  );
});
