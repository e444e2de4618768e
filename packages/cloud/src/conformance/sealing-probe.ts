import {
  type PredictParameters,
  SEALED_TYPE,
  type SealPublicKey,
  writePictureType,
} from '@diorama/contract';
import { type SealedContent, type SealedRequest, seal } from '@diorama/sealed';
import { answerOfArchive } from '../wire/wire-answer.ts';
import { expectThat, parseText, readProblem } from './expectations.ts';
import type { Answer } from './http-call.ts';
import { fieldOf, type Probe, readPredictions } from './probe.ts';

/** The same probe for a predictor that takes sealed pictures only: what it sends is sealed, and what comes back is opened. */
export function sealingProbe(probe: Probe, key: SealPublicKey): Probe {
  async function sealInstances(instances: readonly unknown[], parameters?: PredictParameters) {
    // What is asked of a picture stands beside it; its bytes tell what type it has.
    const tasks = parameters?.tasks ? { tasks: parameters.tasks } : {};
    const contentType = writePictureType({ type: 'image/jpeg', parameters: tasks });
    return Promise.all(
      instances.map(async (instance) => {
        const base64 = fieldOf(fieldOf(instance, 'image'), 'b64');
        if (typeof base64 !== 'string') return { instance };
        const bytes = new Uint8Array(Buffer.from(base64, 'base64'));
        const sealed = await seal({ contentType, bytes }, key);
        const beside = { ...(instance as object), image: undefined }; // it has a field
        return { instance: { ...beside, ...sealedInstance(sealed) }, sealed };
      }),
    );
  }

  return {
    ...probe,
    postJson: async (value) => {
      const instances = fieldOf(value, 'instances');
      if (!Array.isArray(instances)) return probe.postJson(value);
      const sent = (await sealInstances(instances)).map(({ instance }) => instance);
      return probe.postJson({ ...(value as object), instances: sent }); // it has a field
    },
    predict: async (instances, parameters) => {
      const sent = await sealInstances(instances, parameters ?? undefined);
      const answer = await probe.postJson({
        instances: sent.map(({ instance }) => instance),
        ...(parameters === undefined ? {} : { parameters }),
      });
      const predictions = readPredictions(answer, instances.length);
      return Promise.all(
        sent.map(async ({ sealed }, n) =>
          sealed === undefined ? predictions[n] : openPrediction(sealed, predictions[n]),
        ),
      );
    },
    postRaw: async (bytes, type, parameters = {}) => {
      const contentType = writePictureType({ type, parameters });
      const sealed = await seal({ contentType, bytes: new Uint8Array(bytes) }, key);
      const answer = await probe.postRaw(sealed.message, SEALED_TYPE);
      if (answer.type !== SEALED_TYPE) return answer;
      return { ...answer, ...answerOfContent(await sealed.openAnswer(answer.body)) };
    },
  };
}

/** A sealed message as an instance of a JSON request. */
export function sealedInstance({ message }: Pick<SealedRequest, 'message'>): object {
  return { sealed: { b64: Buffer.from(message).toString('base64') } };
}

/** The sealed answer of one instance. @throws DioramaError `MODEL_OUTPUT_INVALID` */
export function sealedBytes(prediction: unknown): Uint8Array {
  const text = fieldOf(fieldOf(prediction, 'sealed'), 'b64');
  expectThat(typeof text === 'string', 'answered what is not sealed');
  return Buffer.from(text, 'base64');
}

/** What was opened, as the answer that would have come in the open. */
export function answerOfContent({
  contentType,
  bytes,
}: SealedContent): Pick<Answer, 'status' | 'type' | 'body' | 'text'> {
  const type = contentType.split(';')[0] ?? '';
  const text = () => new TextDecoder().decode(bytes);
  const isProblem = type === 'application/problem+json';
  const status = isProblem ? readProblem(parseText(text())).status : 200;
  return { status, type, body: bytes, text };
}

/** The prediction or the error that would have stood in JSON. */
async function openPrediction(sealed: SealedRequest, prediction: unknown): Promise<unknown> {
  const { status, body, text } = answerOfContent(await sealed.openAnswer(sealedBytes(prediction)));
  if (status !== 200) return { error: parseText(text()) };
  const { document, files } = answerOfArchive(body);
  const planes = Object.entries(document.planes ?? {}).map(([name, meaning]) => {
    const file = files[name as keyof typeof files]; // planes have these names
    return [
      name,
      { ...meaning, ...(file ? { data: Buffer.from(file.bytes).toString('base64') } : {}) },
    ];
  });
  return { ...document, planes: Object.fromEntries(planes) };
}
