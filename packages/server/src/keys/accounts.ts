import type { PhotoDesk } from '../desk/photo-desk.ts';
import type { Reservation } from './usage-ledger.ts';

/** What the holder of a key has had this month. */
export interface AccountUsage {
  /** Such as `2026-01`, in UTC. */
  readonly month: string;
  /** Photos that were answered. */
  readonly photos: number;
  /** Photos that are being worked on, and count if they are answered. */
  readonly inWork: number;
  /** As many as it likes if absent. */
  readonly photosPerMonth?: number;
}

/** What callers are charged with. An open server has callers without accounts. */
export interface Accounts {
  /** The usage of a caller by its id; none for callers without a key. */
  readonly usageOf: (callerId: string) => AccountUsage | undefined;
  /** Sets a photo aside for a caller. @throws DioramaError `BUDGET_SPENT` */
  readonly reserve: (callerId: string) => Reservation;
}

/** Nobody is charged. */
export const NO_ACCOUNTS: Accounts = {
  usageOf: () => undefined,
  reserve: () => ({ count: () => undefined, giveBack: () => undefined }),
};

/**
 * A desk that charges its callers: a photo is set aside when it is let in, counted when its answer is there, and given back
 * when it is not answered.
 */
export function chargePhotos(desk: PhotoDesk, accounts: Accounts): PhotoDesk {
  return {
    ...desk,
    admit: (arrival) => {
      const reservation = accounts.reserve(arrival.caller.id);
      try {
        const ticket = desk.admit(arrival);
        const charged = async <T>(answer: Promise<T>): Promise<T> => {
          try {
            const made = await answer;
            reservation.count();
            return made;
          } catch (error) {
            // At once, since the next request may come before this one's place is given back.
            reservation.giveBack();
            throw error;
          }
        };
        return {
          ...ticket,
          layers: (work) => charged(ticket.layers(work)),
          predict: (work) => charged(ticket.predict(work)),
          pass: (work) => charged(ticket.pass(work)),
          release: () => {
            reservation.giveBack();
            ticket.release();
          },
        };
      } catch (error) {
        reservation.giveBack();
        throw error;
      }
    },
  };
}
