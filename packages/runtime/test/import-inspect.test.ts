import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { inspectionNotes, inspectModel } from '@diorama/runtime';
import { describe, expect, test } from 'vitest';
import { importable, newFolder } from './import-file.ts';
import { refusalOf } from './pull-card.ts';
import { tinyModelPath } from './tiny-card.ts';

/** A file with these bytes. */
async function fileOf(bytes: string | Uint8Array): Promise<string> {
  const path = join(await newFolder(), 'model.onnx');
  await writeFile(path, bytes);
  return path;
}

describe('the sizes that a network takes', () => {
  test.each([
    { name: 'fixed-64x48', size: { policy: 'fixed', width: 64, height: 48, isDeclared: true } },
    { name: 'multiple-14', size: { policy: 'multiple-of', multiple: 14 } },
    { name: 'multiple-32', size: { policy: 'multiple-of', multiple: 32 } },
    // It runs at any size, and leaves out what is beyond the last patch.
    { name: 'multiple-14-stretched', size: { policy: 'multiple-of', multiple: 14 } },
    {
      name: 'fixed-64x64-declared-open',
      size: { policy: 'fixed', width: 64, height: 64, isDeclared: false },
    },
    { name: 'squares', size: { policy: 'fixed', width: 512, height: 512, isDeclared: false } },
  ])('$name', async ({ name, size }) => {
    expect((await inspectModel(importable(name))).size).toEqual(size);
  });

  test('that its file does not tell the truth about is noted', async () => {
    const notes = inspectionNotes(await inspectModel(tinyModelPath('brittle')));
    expect(notes).toEqual([expect.stringContaining('taken as 32x32')]);
    expect(inspectionNotes(await inspectModel(importable('multiple-32')))).toEqual([]);
  });
});

describe('the answers of a network', () => {
  test('are its planes, with the range that they were seen to have', async () => {
    const { input, planes, sha256, bytes } = await inspectModel(importable('fixed-64x48'));
    expect(input).toBe('image');
    expect(planes).toEqual([
      {
        name: 'matte',
        width: 64,
        height: 48,
        min: expect.closeTo(0.15, 1),
        max: expect.closeTo(0.9, 1),
        isConstant: false,
      },
    ]);
    expect(sha256).toMatch(/^[0-9a-f]{64}$/);
    expect(bytes).toBe((await readFile(importable('fixed-64x48'))).byteLength);
  });

  test('that are numbers or several planes at once are left out', async () => {
    const names = async (path: string) =>
      (await inspectModel(path)).planes.map(({ name }) => name).join();
    expect(await names(importable('side-outputs'))).toBe('d2,d0,d1');
    expect(await names(tinyModelPath('channels'))).toBe('depth,alpha');
  });

  test('may be the same all over', async () => {
    const { planes } = await inspectModel(importable('flat'));
    expect(planes).toMatchObject([{ min: 0.5, max: 0.5, isConstant: true }]);
  });
});

describe('what cannot be used is refused in one line', () => {
  test.each([
    ['nhwc', 'REQUEST_INVALID', 'its input image has the channels last (NHWC); supported is'],
    ['float16', 'REQUEST_INVALID', 'its input image is float16, not float32; supported is'],
    ['uint8', 'REQUEST_INVALID', 'its input image is uint8, not float32; supported is'],
    ['two-inputs', 'REQUEST_INVALID', 'it has 2 inputs (image, trimap); supported is'],
    ['four-channels', 'REQUEST_INVALID', 'its input image has 4 channels; supported is'],
    ['batch-of-2', 'REQUEST_INVALID', 'its input image takes 2 pictures at once; supported is'],
    ['three-planes', 'REQUEST_INVALID', 'none of its outputs is one plane of float32'],
    ['external', 'REQUEST_INVALID', 'keeps its weights in another file'],
    ['throws', 'MODEL_OUTPUT_INVALID', 'indices element out of data bounds'],
    ['up-to-200', 'MODEL_OUTPUT_INVALID', 'fails on a picture of 256x192: '],
    ['not-a-number', 'MODEL_OUTPUT_INVALID', 'nothing but not-a-number'],
  ])('%s', async (name, code, words) => {
    const refusal = await refusalOf(inspectModel(importable(name)));
    expect(refusal).toMatch(new RegExp(`^${code} .*`));
    expect(refusal).toContain(words);
    expect(refusal).not.toMatch(/\n|\/onnxruntime/);
  });

  test.each([
    ['nothing', '', 'it is empty'],
    ['a web page', '<!DOCTYPE html><title>Sign in</title>', 'it is a web page'],
    ['a pointer of Git LFS', 'version https://git-lfs.github.com/spec/v1\n', 'Git LFS'],
    ['a checkpoint', 'PK\u0003\u0004archive/data.pkl', 'PyTorch'],
    ['safetensors', '\u0040\0\0\0\0\0\0\0{"weight":', 'safetensors'],
    ['some text', 'a model, honestly', 'cannot be opened by ONNX Runtime'],
  ])('%s', async (_, text, words) => {
    const refusal = await refusalOf(inspectModel(await fileOf(text)));
    expect(refusal).toMatch(/^MODEL_CORRUPT model\.onnx /);
    expect(refusal).toContain(words);
  });

  test('a file that was cut off', async () => {
    const whole = await readFile(importable('multiple-14'));
    for (const part of [0.3, 0.7, 0.95]) {
      const path = await fileOf(whole.subarray(0, Math.floor(whole.byteLength * part)));
      expect(await refusalOf(inspectModel(path))).toMatch(/^(MODEL_CORRUPT|REQUEST_INVALID) /);
    }
  });

  test('no file, or a folder', async () => {
    expect(await refusalOf(inspectModel(importable('none')))).toMatch(/^INPUT_NOT_FOUND /);
    expect(await refusalOf(inspectModel(await newFolder()))).toMatch(/^INPUT_NOT_FOUND /);
  });
});

test('a file that the catalogue or Diorama itself has is known', async () => {
  const embedded = new URL('../models/embedded/diorama-s.onnx', import.meta.url).pathname;
  const inspection = await inspectModel(embedded);
  expect(inspection.known).toMatchObject({ id: 'diorama-s', meanings: { depth: 'disparity' } });
  expect(inspection.proposedId).toBe('diorama-s-own');
  expect(inspectionNotes(inspection)).toEqual([expect.stringContaining('comes with Diorama')]);
});

test('looking can be stopped, and ends at its deadline', async () => {
  const signal = AbortSignal.abort();
  const path = importable('multiple-14');
  expect(await refusalOf(inspectModel(path, { signal }))).toMatch(/^CANCELLED /);
  const late = await refusalOf(inspectModel(path, { deadlineMs: 1 }));
  expect(late).toBe('DEADLINE_EXCEEDED multiple-14.onnx was not looked through within 0 s');
});
