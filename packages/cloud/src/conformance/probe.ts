import { Agent as HttpAgent } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import {
  type PredictorDescription,
  type PredictParameters,
  predictorDescriptionSchema,
  writePictureType,
} from '@diorama/contract';
import { expectThat, parseText } from './expectations.ts';
import { type Answer, type Call, callOnce } from './http-call.ts';

/** Which predictor is asked, and where. */
export interface ConformanceTarget {
  /** Such as `http://127.0.0.1:8080`. */
  readonly origin: string;
  readonly healthPath: string;
  readonly predictPath: string;
}

/** Asks the predictor that is to be proved. */
export interface Probe {
  readonly target: ConformanceTarget;
  readonly ask: (call: Call) => Promise<Answer>;
  /** Over a connection that nobody else uses. */
  readonly alone: () => { readonly ask: Probe['ask']; readonly close: () => void };
  /** The body of a predict request as JSON, sent as it is. */
  readonly postJson: (value: unknown) => Promise<Answer>;
  /** The predictions of instances; anything but 200 with as many predictions fails the check. */
  readonly predict: (
    instances: readonly unknown[],
    parameters?: PredictParameters | null,
  ) => Promise<readonly unknown[]>;
  readonly postRaw: (
    bytes: Uint8Array,
    type: string,
    parameters?: PredictParameters,
  ) => Promise<Answer>;
  /** What it says of itself, asked once. */
  readonly describe: () => Promise<PredictorDescription>;
  readonly close: () => void;
}

/** Opens connections as they are needed. */
export function openProbe(target: ConformanceTarget): Probe {
  const { origin, predictPath } = target;
  const openAgent = (maxSockets: number) =>
    origin.startsWith('https:')
      ? new HttpsAgent({ keepAlive: true, maxSockets })
      : new HttpAgent({ keepAlive: true, maxSockets });
  const agent = openAgent(64);
  let description: Promise<PredictorDescription> | undefined;
  const ask = (call: Call) => callOnce(origin, agent, call);
  const postJson = (value: unknown) =>
    ask({
      method: 'POST',
      path: predictPath,
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(value),
    });

  async function predict(
    instances: readonly unknown[],
    parameters?: PredictParameters | null,
  ): Promise<readonly unknown[]> {
    const answer = await postJson({
      instances,
      ...(parameters === undefined ? {} : { parameters }),
    });
    return readPredictions(answer, instances.length);
  }

  async function askDescription(): Promise<PredictorDescription> {
    const [said] = await predict([{ describe: true }]);
    const { data, error } = predictorDescriptionSchema.safeParse(fieldOf(said, 'description'));
    const where = error?.issues[0]?.path.join('.');
    expectThat(data !== undefined, `describes itself in another shape (${where})`);
    return data;
  }

  return {
    target,
    ask,
    alone: () => {
      const own = openAgent(1);
      return { ask: (call) => callOnce(origin, own, call), close: () => own.destroy() };
    },
    postJson,
    predict,
    postRaw: (bytes, type, parameters = {}) =>
      ask({
        method: 'POST',
        path: predictPath,
        headers: { 'content-type': writePictureType({ type, parameters }) },
        body: bytes,
      }),
    describe: () => {
      description ??= askDescription();
      // One that failed is asked for again by the next check.
      description.catch(() => {
        description = undefined;
      });
      return description;
    },
    close: () => agent.destroy(),
  };
}

/** The predictions of an answer, which must be as many. */
export function readPredictions(answer: Answer, count: number): readonly unknown[] {
  const { status, type } = answer;
  expectThat(status === 200, `answered ${status} instead of 200`);
  expectThat(type === 'application/json', `answered ${type || 'no content type'} instead of JSON`);
  const predictions = fieldOf(parseText(answer.text()), 'predictions');
  expectThat(Array.isArray(predictions), 'answered without predictions');
  expectThat(
    predictions.length === count,
    `answered ${predictions.length} predictions to ${count} instances`,
  );
  return predictions;
}

/** A field of what may be no object at all. */
export function fieldOf(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;
}
