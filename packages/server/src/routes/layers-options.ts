import type { LayerFormat, LayerName, LayersQuery } from '@diorama/contract';
import { type LayersOptions, resolveLayersOptions } from '@diorama/engine';

/**
 * A query's wishes as the engine takes them, refused here if it would refuse them, before the photo is read.
 * @throws DioramaError `REQUEST_INVALID`
 */
export function layersOptions(layers: readonly LayerName[], query: LayersQuery): LayersOptions {
  const { format, size, quality } = query;
  const options: LayersOptions = {
    layers,
    ...(format === undefined ? {} : { formats: formatOfEach(layers, format) }),
    ...(size === undefined ? {} : { within: size }),
    ...(quality === undefined ? {} : { quality }),
  };
  resolveLayersOptions(options);
  return options;
}

function formatOfEach(
  layers: readonly LayerName[],
  format: LayerFormat,
): Partial<Record<LayerName, LayerFormat>> {
  return Object.fromEntries(layers.map((layer) => [layer, format]));
}
