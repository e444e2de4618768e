import type { CropMargin, LayerFormat, LayerName, LayersQuery } from '@diorama/contract';
import { DioramaError } from '@diorama/core';
import { type Background, type LayersOptions, resolveLayersOptions } from '@diorama/engine';
import type { FastifyRequest } from 'fastify';
import type { PhotoOrder } from './photo-route.ts';

/** What a crop to the subject leaves around it unless the query says. */
const NO_MARGIN: CropMargin = { px: 0 };

/** Stands for the picture that a form may bring, which may make a JPEG of a subject possible. */
const ANY_BACKGROUND: Background = { colour: { red: 255, green: 255, blue: 255, alpha: 255 } };

/**
 * A query's wishes as the engine takes them, refused here if it would refuse them, before the photo is read.
 * @throws DioramaError `REQUEST_INVALID`
 */
export function layersOptions(layers: readonly LayerName[], query: LayersQuery): LayersOptions {
  return checked(optionsOf(layers, query));
}

/**
 * The same for a request whose form may hold a picture for the background, which may not be there as well as a colour.
 * @throws DioramaError `REQUEST_INVALID`
 */
export function optionsWithBackground(
  layers: readonly LayerName[],
  query: LayersQuery,
  { headers }: FastifyRequest,
): Pick<PhotoOrder, 'options' | 'withBackground'> {
  const options = optionsOf(layers, query);
  const isForm = /^multipart\/form-data/i.test(headers['content-type'] ?? '');
  if (!isForm) return { options: checked(options) };
  if (layers.includes('subject')) checked({ background: ANY_BACKGROUND, ...options });
  else checked(options);
  return {
    options,
    withBackground: (picture) => {
      if (picture === undefined) return checked(options);
      if (!options.background) return checked({ ...options, background: { picture } });
      throw new DioramaError(
        'REQUEST_INVALID',
        'A background is a colour in the query or a picture in the form, not both.',
      );
    },
  };
}

function checked(options: LayersOptions): LayersOptions {
  resolveLayersOptions(options);
  return options;
}

function optionsOf(layers: readonly LayerName[], query: LayersQuery): LayersOptions {
  const { format, size, quality, model, split, threshold, background, crop, margin, standIn } =
    query;
  if (margin !== undefined && crop === undefined) {
    throw new DioramaError('REQUEST_INVALID', 'A margin is for a crop; ask for crop=subject.');
  }
  return {
    layers,
    ...(format === undefined ? {} : { formats: formatOfEach(layers, format) }),
    ...(size === undefined ? {} : { within: size }),
    ...(quality === undefined ? {} : { quality }),
    ...(model === undefined ? {} : { model }),
    ...(split === undefined ? {} : { split }),
    ...(threshold === undefined ? {} : { splitAt: threshold }),
    ...(background === undefined ? {} : { background: { colour: background } }),
    ...(crop === undefined ? {} : { cropMargin: margin ?? NO_MARGIN }),
    ...(standIn === undefined ? {} : { terms: { mayStandIn: standIn === 'yes' } }),
  };
}

function formatOfEach(
  layers: readonly LayerName[],
  format: LayerFormat,
): Partial<Record<LayerName, LayerFormat>> {
  return Object.fromEntries(layers.map((layer) => [layer, format]));
}
