import type { Figure } from './figure.ts';
import { CUTOUT_VS_IMGLY } from './figures/cutout-vs-imgly.ts';
import { DEPTH_VS_TRANSFORMERS } from './figures/depth-vs-transformers.ts';
import { ISNET_VS_IMGLY } from './figures/isnet-vs-imgly.ts';
import { LAYERS_12MP } from './figures/layers-12mp.ts';
import { LAYERS_48MP_PEAK } from './figures/layers-48mp-peak.ts';
import { layersTime } from './figures/layers-time.ts';
import { MEMORY_SOAK } from './figures/memory-soak.ts';
import { modelFigures } from './figures/model-speed.ts';
import { OVERLOAD_GOODPUT } from './figures/overload.ts';
import { PREDICT_THROUGHPUT } from './figures/predict-throughput.ts';
import { PREDICT_WEB } from './figures/predict-web.ts';
import { PREDICTOR_ROLE } from './figures/predictor-role.ts';
import { PREDICTOR_START } from './figures/predictor-start.ts';
import { SERVE_RESTART } from './figures/serve-restart.ts';
import { STUDIO_PREVIEW } from './figures/studio-preview.ts';
import { STUDIO_STAGE } from './figures/studio-stage.ts';
import { WIRE } from './figures/wire.ts';
import { PHOTO_48MP, PHOTO_512 } from './photo-source.ts';

/** Every figure, in the order of the report. */
export const FIGURES: readonly Figure[] = [
  LAYERS_12MP,
  layersTime({ id: 'layers-512-ms', size: PHOTO_512, warmUps: 5, rounds: 25 }),
  layersTime({ id: 'layers-48mp-ms', size: PHOTO_48MP, warmUps: 1, rounds: 5 }),
  LAYERS_48MP_PEAK,
  PREDICTOR_START,
  PREDICTOR_ROLE,
  SERVE_RESTART,
  PREDICT_WEB,
  STUDIO_PREVIEW,
  STUDIO_STAGE,
  PREDICT_THROUGHPUT,
  OVERLOAD_GOODPUT,
  MEMORY_SOAK,
  WIRE,
  CUTOUT_VS_IMGLY,
  ISNET_VS_IMGLY,
  DEPTH_VS_TRANSFORMERS,
  ...(await modelFigures()),
];
