import { createHash } from 'node:crypto';
import { type LayersDocument, layersDocumentSchema, recipeSchema } from '@diorama/contract';
import Psd, { type Group, type Layer } from '@webtoon/psd';
import { readPsd } from 'ag-psd';
import { unzipSync } from 'fflate';
import { validateBytes } from 'gltf-validator';
import sharp from 'sharp';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { loadEffects } from './harness/effects-list.ts';
import { type Download, exportFile, openExport } from './harness/export-file.ts';
import { describeInChromium } from './harness/in-chromium.ts';
import { type SamplePhoto, samplePhoto } from './harness/sample-photo.ts';
import { openPhoto, openTool, type StudioPage } from './harness/studio-page.ts';

const SIZE = { width: 600, height: 400 };
const PIXELS = SIZE.width * SIZE.height;

const rawOf = (bytes: Uint8Array) => sharp(bytes).raw().toBuffer();

/** The document and the binary part of a GLB file. */
function partsOfGlb(bytes: Buffer) {
  const textBytes = bytes.readUInt32LE(12);
  const document = JSON.parse(bytes.subarray(20, 20 + textBytes).toString('utf8'));
  return { document, binary: bytes.subarray(28 + textBytes) };
}

/** Points of a PLY file of floats x, y, z and bytes of colour, read by its own header. */
function pointsOfPly(bytes: Buffer) {
  const end = bytes.indexOf('end_header\n') + 'end_header\n'.length;
  const header = bytes.subarray(0, end).toString('latin1').split('\n');
  const count = Number(header.find((line) => line.startsWith('element vertex'))?.split(' ')[2]);
  expect(header.slice(0, 2)).toEqual(['ply', 'format binary_little_endian 1.0']);
  expect(header.filter((line) => line.startsWith('property'))).toEqual([
    ...['x', 'y', 'z'].map((name) => `property float ${name}`),
    ...['red', 'green', 'blue'].map((name) => `property uchar ${name}`),
  ]);
  expect(bytes.length).toBe(end + 15 * count);
  return Array.from({ length: count }, (_, index) => {
    const at = end + index * 15;
    return {
      place: [0, 4, 8].map((axis) => bytes.readFloatLE(at + axis)),
      colour: [...bytes.subarray(at + 12, at + 15)],
    };
  });
}

describeInChromium('exported layers and scenes, opened by other programs', (stage) => {
  let sample: SamplePhoto;
  let opened: StudioPage;
  let files: Record<string, Uint8Array>;

  beforeAll(async () => {
    sample = await samplePhoto('figure', SIZE);
    // The other mode than the one of the pictures.
    opened = await stage().open({ mode: 'device' });
    await openPhoto(opened.page, sample.file);
    await openExport(opened.page);
    const zip = await exportFile(opened.page, { group: 'Layers', kind: 'All layers' });
    expect(zip.name).toBe('figure-layers.zip');
    files = unzipSync(zip.bytes);
  }, 300_000);
  afterAll(() => opened?.close());

  it('has all layers in a ZIP, with true sums and a document that the schema takes', async () => {
    expect(Object.keys(files).sort()).toEqual([
      'depth.png',
      'layers.json',
      'matte.png',
      'plate-depth.png',
      'plate.png',
      'recipe.json',
      'subject.png',
    ]);
    const text = (name: string) => JSON.parse(new TextDecoder().decode(files[name]));
    const document: LayersDocument = layersDocumentSchema.parse(text('layers.json'));
    expect(recipeSchema.parse(text('recipe.json')).version).toBe(1);
    expect(document.size).toEqual(SIZE);
    expect(document.matte?.subjectPresent).toBe(true);
    expect(document.model.id).toBe('diorama-s');
    expect(document.timingsMs.refine).toBeGreaterThan(0);
    expect(Object.keys(document.files)).toHaveLength(5);
    for (const { path, bytes, sha256, bitDepth, channels } of Object.values(document.files)) {
      const file = files[path]!;
      expect(file.length).toBe(bytes);
      expect(createHash('sha256').update(file).digest('hex')).toBe(sha256);
      const known = await sharp(file).metadata();
      expect(known).toMatchObject({ ...SIZE, channels, format: 'png' });
      expect(known.depth).toBe(bitDepth === 16 ? 'ushort' : 'uchar');
    }
  });

  it('has layers that belong together: the subject over the plate is the photo', async () => {
    const [subject, plate, matte] = await Promise.all(
      ['subject.png', 'plate.png', 'matte.png'].map((name) => rawOf(files[name]!)),
    );
    const { photo } = sample.scene;
    let sum = 0;
    for (let i = 0; i < PIXELS; i++) {
      const alpha = subject![i * 4 + 3]!;
      if (alpha !== matte![i * (matte!.length / PIXELS)]) expect.fail(`alpha of pixel ${i}`);
      for (let c = 0; c < 3; c++) {
        const below = plate![i * 3 + c]!;
        const laid = below + ((subject![i * 4 + c]! - below) * alpha) / 255;
        sum += Math.abs(laid - photo.data[i * 3 + c]!);
      }
    }
    expect(sum / (3 * PIXELS)).toBeLessThan(2);
  });

  it('has a PSD whose layers, names, mask and pixels another reader finds', async () => {
    const file = await exportFile(opened.page, { group: 'Layers', kind: 'Layers for an editor' });
    expect(file.name).toBe('figure-layers.psd');
    const psd = Psd.parse(new Uint8Array(file.bytes).buffer);
    expect(psd).toMatchObject({ ...SIZE, depth: 8 });
    const [layers, planes, photo] = psd.children as [Group, Group, Layer];
    // From the top to the bottom, as in an editor.
    expect([layers.name, planes.name, photo.name]).toEqual(['Layers', 'Planes', 'Photo']);
    expect(photo.isHidden).toBe(true);
    // What that reader does not tell of groups.
    const { children } = readPsd(file.bytes, {
      skipLayerImageData: true,
      skipCompositeImageData: true,
    });
    expect(children?.map(({ hidden }) => hidden)).toEqual([true, true, false]);
    const [subject, plate] = layers.children as [Layer, Layer];
    expect([subject.name, plate.name]).toEqual(['Subject', 'Plate']);
    expect((planes.children as Layer[]).map(({ name }) => name)).toEqual([
      'Matte',
      'Depth',
      'Plate depth',
    ]);
    expect(subject).toMatchObject(SIZE);

    const platePixels = await plate.composite();
    const plateSamples = await rawOf(files['plate.png']!);
    const mask = (await subject.userMask())!;
    const matteSamples = await rawOf(files['matte.png']!);
    const step = matteSamples.length / PIXELS;
    const photoPixels = await photo.composite();
    for (let i = 0; i < PIXELS; i++) {
      for (let c = 0; c < 3; c++) {
        if (platePixels[i * 4 + c] !== plateSamples[i * 3 + c]) expect.fail(`plate at ${i}`);
        const seen = sample.scene.photo.data[i * 3 + c];
        if (photoPixels[i * 4 + c] !== seen) expect.fail(`photo at ${i}`);
      }
      if (mask[i * (mask.length / PIXELS)] !== matteSamples[i * step]) expect.fail(`mask at ${i}`);
    }
    const whole = await psd.composite();
    expect(Math.abs(whole[0]! - sample.scene.photo.data[0]!)).toBeLessThan(2);
  });

  it('has a GLB that the validator of Khronos takes without a word', async () => {
    const file = await exportFile(opened.page, { group: '3-D', kind: 'Mesh' });
    expect(file.name).toBe('figure-mesh.glb');
    const { issues, info } = await validateBytes(new Uint8Array(file.bytes));
    expect(issues).toMatchObject({ numErrors: 0, numWarnings: 0 });
    expect(info.totalTriangleCount).toBeGreaterThan(50_000);
    const { document, binary } = partsOfGlb(file.bytes);
    expect(document.meshes.map(({ name }: { name: string }) => name)).toEqual(['plate', 'subject']);
    for (const { primitives } of document.meshes) {
      const { min, max } = document.accessors[primitives[0].attributes.POSITION];
      // In front of the camera, nearest at one metre.
      expect(max[2]).toBeLessThanOrEqual(-0.99);
      expect(min[2]).toBeGreaterThan(-20);
      expect(max[1]).toBeGreaterThan(min[1]);
    }
    const [plate, subject] = await Promise.all(
      document.images.map(({ bufferView }: { bufferView: number }) => {
        const { byteOffset, byteLength } = document.bufferViews[bufferView];
        return sharp(binary.subarray(byteOffset, byteOffset + byteLength)).metadata();
      }),
    );
    expect(plate).toMatchObject({ format: 'jpeg', ...SIZE });
    expect(subject).toMatchObject({ format: 'png', ...SIZE, channels: 4 });
  });

  it('has a PLY of finite points in the colours of the photo', async () => {
    const file: Download = await exportFile(opened.page, { group: '3-D', kind: 'Points' });
    expect(file.name).toBe('figure-points.ply');
    const points = pointsOfPly(file.bytes);
    expect(points.length).toBeGreaterThan(100_000);
    const mean = [0, 0, 0];
    for (const { place, colour } of points) {
      const [x, y, z] = place as [number, number, number];
      const isSane = Number.isFinite(x) && Number.isFinite(y) && z <= -0.99 && z > -20;
      if (!isSane) expect.fail(`point at ${place}`);
      colour.forEach((sampleOf, c) => {
        mean[c]! += sampleOf / points.length;
      });
    }
    const { channels } = await sharp(sample.file.buffer).stats();
    mean.forEach((value, c) => {
      expect(Math.abs(value - channels[c]!.mean)).toBeLessThan(20);
    });
  });

  it('makes less of a scene when less is asked for', async () => {
    const { page } = opened;
    const before = await exportFile(page, { group: '3-D', kind: 'Points' });
    await page.getByRole('slider', { name: 'Points along the longer side' }).fill('128');
    const after = await exportFile(page, { group: '3-D', kind: 'Points' });
    expect(after.bytes.length).toBeLessThan(before.bytes.length / 8);
  });

  it('has the effects in picture and PSD, and the ZIP has the layers without, and the recipe', async () => {
    const { page } = opened;
    await openTool(page, 'Effects');
    await loadEffects(page, [
      { type: 'background', fill: { kind: 'colour', colour: '#00c020' }, lightMatch: 0 },
      { type: 'particles', kind: 'snow', amount: 0.6 },
    ]);
    await openExport(page);

    const psdFile = await exportFile(page, { group: 'Layers', kind: 'Layers for an editor' });
    const psd = Psd.parse(new Uint8Array(psdFile.bytes).buffer);
    const layers = (psd.children[0] as Group).children as Layer[];
    expect(layers.map(({ name }) => name)).toEqual(['Front', 'Subject', 'Between', 'Plate']);
    const plate = await layers[3]!.composite();
    expect([...plate.subarray(0, 3)]).toEqual([0x00, 0xc0, 0x20]);

    const picture = await exportFile(page, { group: 'Picture', kind: 'Picture', format: 'PNG' });
    const [samples, matte] = [await rawOf(picture.bytes), await rawOf(files['matte.png']!)];
    const step = matte.length / PIXELS;
    let [green, behind] = [0, 0];
    for (let i = 0; i < PIXELS; i++) {
      if (matte[i * step] !== 0) continue;
      behind++;
      if (samples[i * 3]! < 40 && samples[i * 3 + 1]! > 180) green++;
    }
    // All but where it snows.
    expect(green / behind).toBeGreaterThan(0.5);
    expect(green / behind).toBeLessThan(0.999);

    const zip = await exportFile(page, { group: 'Layers', kind: 'All layers' });
    const after = unzipSync(zip.bytes);
    expect(JSON.parse(new TextDecoder().decode(after['recipe.json'])).effects).toHaveLength(2);
    expect(Buffer.compare(Buffer.from(after['plate.png']!), files['plate.png']!)).toBe(0);
    expect(opened.outside).toEqual([]);
  });
});
