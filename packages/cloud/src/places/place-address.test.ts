import { describe, expect, it } from 'vitest';
import { parsePlaceAddress } from './place-address.ts';

describe('the address of a place', () => {
  it.each([
    ['local', { kind: 'local', name: 'local' }],
    ['local?model=diorama-s', { kind: 'local', name: 'local', model: 'diorama-s' }],
    [
      'vertex://us-central1/my-project/1234567890',
      {
        kind: 'vertex',
        name: 'vertex us-central1 1234567890',
        isDedicated: false,
        origin: 'https://us-central1-aiplatform.googleapis.com',
        resource: '/v1/projects/my-project/locations/us-central1/endpoints/1234567890',
      },
    ],
    [
      'vertex://europe-west4/42/7?host=7.europe-west4-99.prediction.vertexai.goog&model=isnet-general',
      {
        kind: 'vertex',
        name: 'vertex europe-west4 7',
        isDedicated: true,
        origin: 'https://7.europe-west4-99.prediction.vertexai.goog',
        resource: '/v1/projects/42/locations/europe-west4/endpoints/7',
        model: 'isnet-general',
      },
    ],
    [
      'vertex://us-central1/p-1/5?origin=http%3A%2F%2F127.0.0.1%3A4000',
      {
        kind: 'vertex',
        name: 'vertex us-central1 5',
        isDedicated: false,
        origin: 'http://127.0.0.1:4000',
        resource: '/v1/projects/p-1/locations/us-central1/endpoints/5',
      },
    ],
    [
      'https://predictor-abc-uc.a.run.app',
      {
        kind: 'cloud-run',
        name: 'predictor-abc-uc.a.run.app',
        origin: 'https://predictor-abc-uc.a.run.app',
        predictPath: '/predict',
        healthPath: '/health',
        audience: 'https://predictor-abc-uc.a.run.app',
      },
    ],
    [
      'https://gpu.example/v2/predict?auth=id-token&audience=https://other.example&health=/alive',
      {
        kind: 'machine',
        name: 'gpu.example',
        origin: 'https://gpu.example',
        predictPath: '/v2/predict',
        healthPath: '/alive',
        audience: 'https://other.example',
      },
    ],
    [
      'http://10.0.0.5:8080',
      {
        kind: 'machine',
        name: '10.0.0.5:8080',
        origin: 'http://10.0.0.5:8080',
        predictPath: '/predict',
        healthPath: '/health',
      },
    ],
  ])('is read: %s', (text, address) => {
    expect(parsePlaceAddress(text)).toEqual(address);
  });

  it.each([
    'http://predictor:8080',
    'http://a.gpu.internal',
    'http://[::1]:80',
    'http://[fd00::5]',
  ])('may go without encryption within a network: %s', (text) => {
    expect(parsePlaceAddress(text)).toMatchObject({ kind: 'machine' });
  });

  it.each([
    '',
    'here',
    'ftp://10.0.0.5',
    'vertex://us-central1/project',
    'vertex://us-central1/project/1/2',
    'vertex://US CENTRAL/project/1',
    'vertex://us-central1/p-1/5?origin=http://10.0.0.1:80',
    'vertex://us-central1/p-1/5?origin=https://evil.example',
    'vertex://us-central1/p-1/5?host=a/b',
    'vertex://us-central1/p-1/5?host=gpu.example',
    'vertex://us-central1/p-1/5?host=vertexai.goog.example',
    'vertex://us-central1/p-1/5?host=evilvertexai.goog',
    'https://name:secret@gpu.example',
    'http://gpu.example',
    'http://8.8.8.8',
    'http://[2606:4700::1111]',
    'http://10.0.0.5?model=NO',
    'http://10.0.0.5?auth=maybe',
    'http://10.0.0.5?key=secret',
    'https://gpu.example#part',
  ])('is refused: %s', (text) => {
    expect(() => parsePlaceAddress(text)).toThrow(
      expect.objectContaining({ code: 'CONFIG_INVALID' }),
    );
    expect(() => parsePlaceAddress(text)).not.toThrow(/secret/);
  });
});
