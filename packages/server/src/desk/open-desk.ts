import type { ServerConfig } from '../config.ts';
import { untilAborted } from '../deadline.ts';
import type { Readiness } from '../readiness.ts';
import { createAdmission } from './admission.ts';
import type { PhotoDesk } from './photo-desk.ts';

/** The desk before an engine that may still be warming up. */
export function openDesk(config: ServerConfig, readiness: Readiness): PhotoDesk {
  const admit = createAdmission(config);
  return {
    admit: ({ bytes }) => {
      readiness.checkOpen();
      const release = admit(bytes);
      return {
        layers: async ({ bytes: photo, options, signal, onProgress }) => {
          const diorama = await readiness.diorama(signal);
          return untilAborted(diorama.layers(photo, options, signal, onProgress), signal);
        },
        predict: async ({ source, options, signal }) => {
          const diorama = await readiness.diorama(signal);
          return untilAborted(diorama.predict(source, options, signal), signal);
        },
        release,
      };
    },
  };
}
