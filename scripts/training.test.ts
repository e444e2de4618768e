import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const TRAINING = fileURLToPath(new URL('../training', import.meta.url));
const OWN = fileURLToPath(new URL('../training/.venv/bin/python', import.meta.url));
const python = existsSync(OWN) ? OWN : 'python3';
const imports = 'import torch, pytest, onnx, onnxruntime, cv2, embreex';
const isSetUp = spawnSync(python, ['-c', imports], { timeout: 60_000 }).status === 0;

describe.skipIf(!isSetUp)('training (skipped where its Python packages are not installed)', () => {
  it('passes its own tests', () => {
    const run = spawnSync(python, ['-m', 'pytest', '-q'], {
      cwd: TRAINING,
      encoding: 'utf8',
      timeout: 280_000,
    });
    expect(run.status, run.stdout + run.stderr).toBe(0);
  }, 300_000);
});
