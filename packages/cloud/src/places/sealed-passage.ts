import type { SealedPassage } from '@diorama/runtime';
import { describePlace } from './describe-place.ts';
import { limitsOf } from './place-limits.ts';
import type { RemoteEndpoint } from './remote-endpoint.ts';
import { type SealedSending, sendSealed } from './send-sealed.ts';
import { limitTime } from './time-limit.ts';

/** Hands sealed pictures on to one place as they are, each once. */
export function passageTo(endpoint: RemoteEndpoint): SealedPassage {
  return {
    predict: async (message, terms, signal) => {
      const limits = limitsOf(endpoint.address);
      const signals = signal ? [signal, endpoint.closed] : [endpoint.closed];
      const { leftMs, signal: until, end } = limitTime(signals, limits.capMs, terms);
      try {
        const send: SealedSending['send'] = (sending) => endpoint.post(sending, until);
        return await sendSealed(message, { limits, leftMs, send });
      } finally {
        end();
      }
    },
    keys: async (signal = endpoint.closed) => (await describePlace(endpoint, signal)).seal.keys,
  };
}
