import { describe, expect, it } from 'vitest';
import { type LayersDocument, layersDocumentSchema } from './layers-document.ts';

const DOCUMENT: LayersDocument = {
  version: 1,
  size: { width: 4, height: 3 },
  depth: { kind: 'inverse-affine', unit: 'none', near: 0.9, far: 0.1, scale: 0.8, shift: 0.1 },
  matte: { subjectPresent: true, confidence: 0.97 },
  files: {
    depth: {
      path: 'depth.png',
      mediaType: 'image/png',
      bytes: 99,
      sha256: 'a'.repeat(64),
      bitDepth: 16,
      channels: 1,
    },
  },
  model: { id: 'm', version: '1', sha256: 'b'.repeat(64), licence: 'Apache-2.0', provider: 'cpu' },
  focalLength35mm: 26,
  timingsMs: { decode: 12.5, predict: 80 },
};

describe('layersDocumentSchema', () => {
  it('takes a whole document as it is', () => {
    expect(layersDocumentSchema.parse(DOCUMENT)).toEqual(DOCUMENT);
  });

  it.each([
    ['a size of nothing', { size: { width: 0, height: 3 } }],
    ['a confidence above 1', { matte: { subjectPresent: true, confidence: 1.1 } }],
    ['a depth without its kind', { depth: { unit: 'none', near: 1, far: 0, scale: 1, shift: 0 } }],
    ['a step that does not exist', { timingsMs: { brew: 3 } }],
    ['another version', { version: 2 }],
  ])('refuses %s', (_, change) => {
    expect(layersDocumentSchema.safeParse({ ...DOCUMENT, ...change }).success).toBe(false);
  });
});
