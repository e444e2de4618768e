import { BATCH_KEY_FIELD, SHARED_ENDPOINT_BYTES } from '@diorama/contract';
import { DioramaError } from '@diorama/core';
import { readStorageAddress } from '../storage/storage-address.ts';

export interface JobOptions {
  /** `projects/P/locations/L/models/M`, with `@VERSION` or without. */
  readonly model: string;
  /** `gs://` addresses of lines; one may have a `*` in it. */
  readonly inputs: readonly string[];
  /** The `gs://` folder where the job makes a folder of its own. */
  readonly output: string;
  readonly name: string;
  /** Photos of one call. */
  readonly batchSize: number;
  readonly machineType: string;
  readonly accelerator?: { readonly type: string; readonly count: number };
  readonly replicas: number;
}

/** What to ask for a batch prediction job, and where. */
export interface JobRequest {
  readonly url: string;
  readonly body: Readonly<Record<string, unknown>>;
}

const MODEL = /^projects\/([\w.:-]+)\/locations\/([a-z0-9-]+)\/models\/[\w.-]+(?:@[\w.-]+)?$/;

/**
 * The request for a job (`projects.locations.batchPredictionJobs.create`) whose output holds no photo again: with a key field
 * the job writes keys in their place. Parameters are of the whole job.
 * @throws DioramaError `REQUEST_INVALID`
 */
export function jobRequest(options: JobOptions): JobRequest {
  const { model, inputs, output, name, batchSize, machineType, accelerator, replicas } = options;
  const [, project, location] = MODEL.exec(model) ?? [];
  if (project === undefined || location === undefined) {
    throw new DioramaError(
      'REQUEST_INVALID',
      '--model takes the name of an uploaded model, projects/PROJECT/locations/LOCATION/models/MODEL',
    );
  }
  for (const address of [...inputs, output]) readStorageAddress(address);
  return {
    url: `https://${location}-aiplatform.googleapis.com/v1/projects/${project}/locations/${location}/batchPredictionJobs`,
    body: {
      displayName: name,
      model,
      inputConfig: { instancesFormat: 'jsonl', gcsSource: { uris: inputs } },
      instanceConfig: { instanceType: 'object', keyField: BATCH_KEY_FIELD },
      modelParameters: { fitted: true, maxBytes: batchSize * SHARED_ENDPOINT_BYTES },
      outputConfig: {
        predictionsFormat: 'jsonl',
        gcsDestination: { outputUriPrefix: output.replace(/\/+$/, '') },
      },
      dedicatedResources: {
        machineSpec: {
          machineType,
          ...(accelerator
            ? { acceleratorType: accelerator.type, acceleratorCount: accelerator.count }
            : {}),
        },
        startingReplicaCount: replicas,
      },
      manualBatchTuningParameters: { batchSize },
      generateExplanation: false,
    },
  };
}
