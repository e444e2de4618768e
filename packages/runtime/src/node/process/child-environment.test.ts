import { expect, it } from 'vitest';
import { childEnvironment } from './child-environment.ts';

it('passes on what systems, drivers and arithmetic libraries read', () => {
  const own = {
    PATH: '/bin',
    LD_LIBRARY_PATH: '/usr/local/cuda/lib64',
    CUDA_VISIBLE_DEVICES: '0',
    VK_ICD_FILENAMES: '/etc/vulkan/icd.d/nvidia.json',
    MALLOC_ARENA_MAX: '4',
    TMPDIR: '/var/tmp',
  };
  expect(childEnvironment(own)).toMatchObject(own);
});

it('keeps secrets, settings of the service and flags of the owner back', () => {
  const kept = childEnvironment({
    DIORAMA_KEYS: 'k',
    OTEL_EXPORTER_OTLP_HEADERS: 'authorization=k',
    GOOGLE_APPLICATION_CREDENTIALS: '/secret.json',
    AWS_SECRET_ACCESS_KEY: 'k',
    DATABASE_URL: 'k',
    NODE_OPTIONS: '--inspect',
    npm_config_token: 'k',
    PATHS_TO_SECRETS: 'k',
    ABSENT: undefined,
  });
  expect(Object.values(kept)).not.toContain('k');
  expect(Object.keys(kept).filter((name) => !name.startsWith('MALLOC_'))).toEqual([]);
});
