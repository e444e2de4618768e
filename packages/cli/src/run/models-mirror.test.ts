import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import { mirrorOf } from './models-mirror.ts';

const URL_IN_BUCKET = 'https://storage.googleapis.com/our-bucket/models/tiny.onnx';

/** Credentials as a workload has them: a token of its own, for which a service hands out one of Google's. */
async function workloadCredentials(answer: { status: number; body: object }): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'diorama-credentials-'));
  const server = createServer((_, response) => {
    response.writeHead(answer.status, { 'content-type': 'application/json' });
    response.end(JSON.stringify(answer.body));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(async () => {
    vi.unstubAllEnvs();
    server.closeAllConnections();
    server.close();
    await rm(folder, { recursive: true, force: true });
  });
  const subject = join(folder, 'subject');
  await writeFile(subject, 'who we are');
  const file = join(folder, 'credentials.json');
  const credentials = {
    type: 'external_account',
    audience:
      '//iam.googleapis.com/projects/1/locations/global/workloadIdentityPools/p/providers/p',
    subject_token_type: 'urn:ietf:params:oauth:token-type:jwt',
    token_url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/token`,
    credential_source: { file: subject },
  };
  await writeFile(file, JSON.stringify(credentials));
  vi.stubEnv('GOOGLE_APPLICATION_CREDENTIALS', file);
}

test('a bucket is reached over https, an emulator where it is, another mirror as it is', () => {
  const storage = 'https://storage.googleapis.com';
  expect(mirrorOf('gs://our-bucket', {}).mirror).toBe(`${storage}/our-bucket`);
  expect(mirrorOf('gs://our-bucket/a b/c?d', {}).mirror).toBe(`${storage}/our-bucket/a%20b/c%3Fd`);
  for (const host of ['127.0.0.1:9023', 'http://127.0.0.1:9023/']) {
    const settings = { STORAGE_EMULATOR_HOST: host };
    expect(mirrorOf('gs://our-bucket', settings)).toEqual({
      mirror: 'http://127.0.0.1:9023/our-bucket',
    });
  }
  expect(mirrorOf('https://mirror.invalid/a', {})).toEqual({ mirror: 'https://mirror.invalid/a' });
  for (const bad of ['gs://', 'gs:/our-bucket', 'gs://Our', 'gs://our@other', 'gs:our-bucket']) {
    expect(() => mirrorOf(bad, {})).toThrow(/gs:\/\/bucket/);
  }
});

test("a bucket is asked with the machine's own credentials", async () => {
  await workloadCredentials({
    status: 200,
    body: {
      access_token: 'a-token',
      issued_token_type: 'urn:ietf:params:oauth:token-type:access_token',
      token_type: 'Bearer',
      expires_in: 3600,
    },
  });

  const headers = await mirrorOf('gs://our-bucket/models', {}).authorize?.(URL_IN_BUCKET);

  expect(headers).toMatchObject({ authorization: 'Bearer a-token' });
});

test('credentials that are refused are told, without what is secret in them', async () => {
  await workloadCredentials({
    status: 400,
    body: { error: 'invalid_grant', error_description: 'hush' },
  });

  const asked = mirrorOf('gs://our-bucket/models', {}).authorize?.(URL_IN_BUCKET);

  await expect(asked).rejects.toMatchObject({
    code: 'SOURCE_UNAVAILABLE',
    message: expect.not.stringContaining('hush'),
  });
});

test('a machine without credentials asks without', { timeout: 120_000 }, async () => {
  vi.stubEnv('GOOGLE_APPLICATION_CREDENTIALS', '');
  vi.stubEnv('HOME', tmpdir());
  vi.stubEnv('METADATA_SERVER_DETECTION', 'none');
  onTestFinished(() => {
    vi.unstubAllEnvs();
  });

  const headers = await mirrorOf('gs://our-bucket/models', {}).authorize?.(URL_IN_BUCKET);

  expect(headers).toEqual({});
});
