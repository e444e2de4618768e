export { createDiorama, type Diorama, type DioramaOptions } from './diorama.ts';
export {
  DEFAULT_LAYER_FORMATS,
  type LayersOptions,
  type ResolvedLayersOptions,
  resolveLayersOptions,
} from './layers-options.ts';
export { type LayersAnswer, layersOfPhoto, type Way } from './way.ts';
