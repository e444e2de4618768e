import {
  LAYER_FORMATS,
  LAYER_NAMES,
  type LayerName,
  MAX_MARGIN_PX,
  MAX_SIZE_PX,
  SPLITS,
} from '@diorama/contract/layer-terms';
import { DioramaError } from '@diorama/core';
import { checkCutout } from './cutout/cutout-options.ts';
import type { LayersOptions, ResolvedLayersOptions } from './layers-options.ts';

/** Refuses what cannot be made. @throws DioramaError `REQUEST_INVALID`, one line for the first fault */
export function checkLayersOptions(options: ResolvedLayersOptions): void {
  if (options.layers.size === 0) throw invalid('No layer was asked for.');
  for (const layer of options.layers) checkLayer(layer, options);
  const { widthPx, heightPx, pixels } = options.within;
  checkWhole('size', widthPx, 1, MAX_SIZE_PX);
  checkWhole('size', heightPx, 1, MAX_SIZE_PX);
  checkWhole('size', pixels, 1, MAX_SIZE_PX ** 2);
  checkWhole('quality', options.quality, 1, 100);
  checkSplit(options);
  checkMargin(options.cropMargin);
  checkBackground(options);
  checkLayout(options);
}

function checkLayer(layer: LayerName, { formats }: ResolvedLayersOptions): void {
  if (!LAYER_NAMES.includes(layer)) {
    throw invalid(`There is no layer '${layer}'; the layers are ${LAYER_NAMES.join(', ')}.`);
  }
  if (LAYER_FORMATS.includes(formats[layer])) return;
  throw invalid(`There is no format '${formats[layer]}'; there is ${LAYER_FORMATS.join(', ')}.`);
}

function checkSplit({ split, splitAt }: ResolvedLayersOptions): void {
  if (!SPLITS.includes(split)) {
    throw invalid(`There is no split '${split}'; there is ${SPLITS.join(', ')}.`);
  }
  if (splitAt === undefined) return;
  if (split === 'subject') {
    throw invalid('A threshold is for a split by depth; ask for split depth or auto.');
  }
  checkShare('the threshold', splitAt);
}

function checkMargin(margin: LayersOptions['cropMargin']): void {
  if (margin === undefined) return;
  if ('px' in margin) checkWhole('the margin', margin.px, 0, MAX_MARGIN_PX);
  else checkShare('the margin', margin.share);
}

function checkBackground({ background, layers, formats, cutout }: ResolvedLayersOptions): void {
  if (background !== undefined && !layers.has('subject')) {
    throw invalid('A background lies behind the subject, which was not asked for.');
  }
  if (background !== undefined && cutout?.isAlphaApart) {
    throw invalid('A subject without its alpha has no background.');
  }
  const colour = background !== undefined && 'colour' in background ? background.colour : undefined;
  for (const sample of Object.values(colour ?? {})) checkWhole('a colour', sample, 0, 255);
  // A picture may turn out to be transparent too, but not before it is decoded.
  const isClear = background === undefined || (colour !== undefined && colour.alpha < 255);
  if (!layers.has('subject') || formats.subject !== 'jpeg') return;
  if (!isClear || cutout?.isAlphaApart) return;
  throw invalid(
    'JPEG cannot hold the transparency of a subject; choose png, webp, avif or tiff, or an opaque background.',
  );
}

function checkLayout({ cutout, cropMargin, layers, plateDepth }: ResolvedLayersOptions): void {
  if (cutout === undefined) return;
  checkCutout(cutout);
  if (layers.has('depth') || layers.has('plate') || plateDepth) {
    throw invalid('A cut-out has a subject and a matte alone.');
  }
  if (cropMargin !== undefined) throw invalid('A cut-out has margins of its own.');
}

function checkWhole(name: string, value: number | undefined, low: number, high: number): void {
  if (value === undefined || (Number.isInteger(value) && value >= low && value <= high)) return;
  throw invalid(
    `Expected ${name} to be a whole number from ${low} to ${high} but received ${value}.`,
  );
}

function checkShare(name: string, value: number): void {
  if (value >= 0 && value <= 1) return;
  throw invalid(`Expected ${name} to be a number from 0 to 1 but received ${value}.`);
}

function invalid(line: string): DioramaError {
  return new DioramaError('REQUEST_INVALID', line);
}
