import { predictParametersSchema } from '@diorama/contract';
import { describe, expect, it } from 'vitest';
import { type JobOptions, jobRequest } from './job-request.ts';

const OPTIONS: JobOptions = {
  model: 'projects/p-1/locations/us-central1/models/42@3',
  inputs: ['gs://photos-in/requests-*.jsonl'],
  output: 'gs://photos-out/jobs/',
  name: 'diorama',
  batchSize: 8,
  machineType: 'g2-standard-4',
  accelerator: { type: 'NVIDIA_L4', count: 1 },
  replicas: 2,
};

describe('the request for a job', () => {
  it('has a key field, so that no photo is stored again, and explains nothing', () => {
    const { url, body } = jobRequest(OPTIONS);
    expect(url).toBe(
      'https://us-central1-aiplatform.googleapis.com/v1/projects/p-1/locations/us-central1/batchPredictionJobs',
    );
    expect(body).toMatchObject({
      instanceConfig: { instanceType: 'object', keyField: 'key' },
      manualBatchTuningParameters: { batchSize: 8 },
      generateExplanation: false,
      outputConfig: { gcsDestination: { outputUriPrefix: 'gs://photos-out/jobs' } },
      dedicatedResources: { machineSpec: { acceleratorType: 'NVIDIA_L4', acceleratorCount: 1 } },
    });
  });

  it('has parameters that a predictor takes, with room for all answers of a call', () => {
    const { body } = jobRequest(OPTIONS);
    const parameters = predictParametersSchema.parse(body['modelParameters']);
    expect(parameters).toEqual({ fitted: true, maxBytes: 12_000_000 });
  });

  it.each([
    { model: '42' },
    { model: 'projects/p/locations/../models/m' },
    { inputs: ['requests.jsonl'] },
    { output: 'gs://' },
  ])('refuses %o', (wrong) => {
    expect(() => jobRequest({ ...OPTIONS, ...wrong })).toThrow(
      expect.objectContaining({ code: 'REQUEST_INVALID' }),
    );
  });
});
