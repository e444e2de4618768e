import { listProviders, type ProviderName } from '@diorama/runtime';
import { expect, it } from 'vitest';
import { rejectionOf } from './pool-fixture.ts';
import { openTestPredictor, tinyCard } from './tiny-card.ts';

it('lists every provider by name, cpu always among those of this build', async () => {
  const providers = await listProviders();
  expect(providers.map((provider) => provider.name)).toEqual([
    'cpu',
    'webgpu',
    'cuda',
    'coreml',
    'dml',
  ]);
  expect(providers[0]).toEqual({ name: 'cpu', isBuiltIn: true, isBundled: true, runsOn: 'cpu' });
});

it('refuses a provider that this build lacks, in one line that says what there is', async () => {
  // DirectML is Windows only and CoreML macOS only: one of them is missing everywhere.
  const absent: ProviderName = process.platform === 'win32' ? 'coreml' : 'dml';
  const opened = openTestPredictor({ model: tinyCard('channels'), provider: absent });
  const error = await rejectionOf(opened);
  expect(error).toMatchObject({ code: 'PROVIDER_UNAVAILABLE', detail: { provider: absent } });
  expect(error.message).toContain(`Provider ${absent} is not available`);
  expect(error.message).toContain('This build has cpu');
  expect(error.message).not.toContain('\n');
});

it('never runs on the processor when a GPU is required', async () => {
  const opened = openTestPredictor({
    model: tinyCard('channels'),
    provider: 'cpu',
    require: 'gpu',
  });
  expect(await rejectionOf(opened)).toMatchObject({ code: 'PROVIDER_UNAVAILABLE' });
});

it.each([
  { provider: 'webgpu' },
  { provider: 'cuda' },
  { require: 'gpu' },
  { provider: 'webgpu', require: 'gpu' },
] as const)('answers on the provider asked for or refuses, for %o', async (options) => {
  try {
    const predictor = await openTestPredictor({ model: tinyCard('channels'), ...options });
    expect(predictor.provider).not.toBe('cpu');
  } catch (error) {
    expect(error).toMatchObject({ code: 'PROVIDER_UNAVAILABLE' });
    expect(String(error)).not.toContain('\n');
  }
});
