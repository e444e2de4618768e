import type { Check, CheckContext } from '../check.ts';
import { expectProblem, expectThat, readProblem } from '../expectations.ts';
import { imageInstance, provePrediction } from '../planes.ts';
import { fieldOf } from '../probe.ts';

const JSON_TYPE = { 'content-type': 'application/json' } as const;

/** Instances that cannot be answered; each is one picture's or one caller's fault. */
function badInstances({ pictures }: CheckContext): Readonly<Record<string, unknown>> {
  return {
    'base64 that is none': { image: { b64: '***not base64***' } },
    text: imageInstance(Buffer.from('This is a letter, and no picture of one.')),
    'half a JPEG': imageInstance(pictures.truncated),
    'a PNG of 3.6 billion pixels': imageInstance(pictures.bomb),
    'no bytes': { image: { b64: '' } },
    'a number': 5,
    null: null,
    'a word': 'image',
    'an empty object': {},
    'an image that is a number': { image: 5 },
    'base64 that is a list': { image: { b64: ['x'] } },
  };
}

/** What must be refused, and how. */
export const REFUSAL_CHECKS: readonly Check[] = [
  {
    id: 'bad-instances',
    says: 'an instance that cannot be answered gets its own error and spoils no other',
    sends: 'open',
    run: async (context) => {
      const { probe, pictures } = context;
      const [jpeg = new Uint8Array()] = pictures.scenes;
      const good = imageInstance(jpeg);
      const bad = Object.entries(badInstances(context));
      const instances = [good, ...bad.map(([, instance]) => instance), good];
      const predictions = await probe.predict(instances);
      for (const [n, [name]] of bad.entries()) {
        const error = fieldOf(predictions[n + 1], 'error');
        expectThat(error !== undefined, `${name} was answered with a prediction`);
        const { status } = readProblem(error);
        expectThat(status >= 400 && status < 500, `${name} is said to be a fault of the server`);
      }
      await provePrediction(probe, predictions[0]);
      await provePrediction(probe, predictions.at(-1));
      return `${bad.length} kinds`;
    },
  },
  {
    id: 'no-instances',
    says: 'a body without instances is refused with 400',
    run: async ({ probe }) => {
      for (const body of [{}, { instances: [] }, { instances: 'x' }, { instances: {} }, [], 5]) {
        expectProblem(await probe.postJson(body), [400]);
      }
    },
  },
  {
    id: 'bad-json',
    says: 'what is no JSON is refused with 400',
    run: async ({ probe }) => {
      const path = probe.target.predictPath;
      for (const body of ['', '{', '{"instances":[', 'photo', '\u0000']) {
        const call = { method: 'POST', path, headers: JSON_TYPE, body };
        expectProblem(await probe.ask(call), [400]);
      }
    },
  },
  {
    id: 'bad-parameters',
    says: 'parameters that cannot be are refused with 400',
    run: async ({ probe }) => {
      const instances = [{ describe: true }];
      for (const parameters of [{ tasks: ['colour'] }, { maxBytes: -1 }, { unknown: 1 }, 5]) {
        expectProblem(await probe.postJson({ instances, parameters }), [400]);
      }
      const type = 'image/jpeg; deadline-ms=soon';
      const path = probe.target.predictPath;
      const call = { method: 'POST', path, headers: { 'content-type': type }, body: 'x' };
      expectProblem(await probe.ask(call), [400]);
    },
  },
  {
    id: 'other-methods-405',
    says: 'the predict route answers POST alone',
    run: async ({ probe }) => {
      for (const method of ['GET', 'PUT', 'DELETE']) {
        const answer = await probe.ask({ method, path: probe.target.predictPath });
        expectProblem(answer, [405]);
      }
      const head = await probe.ask({ method: 'HEAD', path: probe.target.predictPath });
      expectThat(head.status === 405, `HEAD was answered with ${head.status}`);
      expectThat(head.body.length === 0, 'HEAD was answered with a body');
    },
  },
  {
    id: 'raw-garbage',
    says: 'a raw body that is no picture is refused as a problem',
    run: async ({ probe, pictures }) => {
      const garbage = Buffer.alloc(5000, 'not a picture ');
      const isPlain = !(await probe.describe()).seal.isRequired;
      const statuses = isPlain ? [413, 415, 422] : [403];
      expectProblem(await probe.postRaw(garbage, 'image/jpeg'), statuses);
      expectProblem(await probe.postRaw(pictures.truncated, 'image/jpeg'), statuses);
      expectProblem(await probe.postRaw(pictures.bomb, 'image/png'), statuses);
      expectProblem(await probe.postRaw(new Uint8Array(), 'image/png'), [400, ...statuses]);
      expectProblem(await probe.postRaw(garbage, 'text/plain'), [400, 403, 415]);
    },
  },
];
