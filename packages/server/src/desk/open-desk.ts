import { DioramaError } from '@diorama/core';
import type { PredictTerms } from '@diorama/runtime';
import type { ServerConfig } from '../config.ts';
import { tooManyBytes } from '../intake/bytes.ts';
import { FORM_OVERHEAD_BYTES } from '../intake/form.ts';
import type { Readiness } from '../readiness.ts';
import { Admission } from './admission.ts';
import { type Holding, Holdings } from './holdings.ts';
import type { Arrival, PhotoDesk, PhotoTicket } from './photo-desk.ts';
import { PhotoLine } from './photo-line.ts';
import { layersTask, type PhotoTask, predictionTask } from './photo-task.ts';
import { placesOut } from './places-out.ts';
import { Punctuality } from './punctuality.ts';
import { ServiceTimes } from './service-times.ts';

export interface DeskSettings
  extends Pick<
    ServerConfig,
    'maxBytes' | 'maxPixels' | 'maxHeldBytes' | 'maxHeldPixels' | 'maxQueued' | 'keysFile'
  > {
  /** Whether another model may answer a photo that does not say. */
  readonly standsIn?: boolean;
}

const LATE_LINE = 'The turn of the photo came too late for its answer to be ready in time.';

/** The desk before an engine that may still be warming up. */
export function openDesk(settings: DeskSettings, readiness: Readiness): PhotoDesk {
  const { maxBytes, maxPixels, keysFile } = settings;
  const maxBodyBytes = maxBytes + FORM_OVERHEAD_BYTES;
  const holdings = new Holdings();
  const line = new PhotoLine(readiness.started);
  const times = new ServiceTimes();
  const limits = { ...settings, hasCallers: keysFile !== undefined };
  const punctuality = new Punctuality();
  const admission = new Admission(limits, { holdings, line, punctuality });
  const onEmpty = new Set<() => void>();

  function release(holding: Holding): void {
    holdings.close(holding);
    if (holdings.tickets > 0) return;
    for (const tell of onEmpty) tell();
    onEmpty.clear();
  }

  function isWithoutPlace({ needsPlace }: Pick<PhotoTask<unknown>, 'needsPlace'>): boolean {
    const engine = readiness.engine();
    return needsPlace && engine !== undefined && placesOut(engine.stats()) !== undefined;
  }

  async function work<T extends { readonly document: { readonly timingsMs: { queue?: number } } }>(
    task: PhotoTask<T>,
    arrival: Arrival,
    holding: Holding,
  ): Promise<T> {
    const { pixels, notes } = task;
    const applicant = { callerId: arrival.caller.id, deadlineAtMs: arrival.deadlineAtMs };
    const costMs = times.estimateMs(task.size);
    const predictedMs = admission.checkPhoto(applicant, pixels, costMs);
    holding.bytes = Math.min(holding.bytes, task.bytes);
    holding.pixels = pixels;
    const arrivedAtMs = performance.now();
    const wasWarm = readiness.engine() !== undefined;
    let queueMs = 0;
    // What a photo waits for a predictor elsewhere says nothing of the work that photos are.
    let waitsForPlace = isWithoutPlace(task);

    /** What was given up tells something, too, once it has taken longer than it was held to. */
    function learn(isDone: boolean): void {
      if (waitsForPlace) return;
      const totalMs = performance.now() - arrivedAtMs;
      if (wasWarm && (isDone || totalMs > predictedMs)) punctuality.learn(predictedMs, totalMs);
      const workMs = holding.isPending ? 0 : totalMs - queueMs;
      if (isDone || workMs > costMs) times.learn(task.size, workMs);
    }

    try {
      const answer = await line.enter<T>({
        ...task,
        callerId: applicant.callerId,
        deadlineAtMs: applicant.deadlineAtMs,
        costMs,
        holding,
        onBegin: (waitedMs) => {
          waitsForPlace ||= isWithoutPlace(task);
          const neededMs = times.estimateMs(task.size);
          const isLate = performance.now() + neededMs > arrival.deadlineAtMs;
          // Who waited for nobody is tried all the same, or times that were longer once would never be unlearnt.
          if (isLate && predictedMs > costMs) {
            punctuality.learn(predictedMs, waitedMs + neededMs);
            throw new DioramaError('DEADLINE_EXCEEDED', LATE_LINE);
          }
          holding.isPending = false;
          queueMs = Math.round(waitedMs * 10) / 10;
          notes.queueMs = queueMs;
        },
      });
      learn(true);
      holding.bytes = task.bytesOf(answer);
      const { document } = answer;
      const timingsMs = { ...document.timingsMs, queue: (document.timingsMs.queue ?? 0) + queueMs };
      return { ...answer, document: { ...document, timingsMs } };
    } catch (error) {
      learn(false);
      throw error;
    } finally {
      holding.isPending = false;
      holding.pixels = 0;
    }
  }

  function admit(arrival: Arrival): PhotoTicket {
    const { caller, deadlineAtMs, bytes = maxBodyBytes } = arrival;
    if (!arrival.isAccepted) readiness.checkOpen();
    if (bytes > maxBodyBytes) throw tooManyBytes(maxBytes);
    admission.checkArrival({ callerId: caller.id, deadlineAtMs }, bytes);
    const holding = holdings.open(caller.id, bytes);
    return {
      layers: async (photo) => {
        const terms = termsOf(arrival, photo.options.terms?.mayStandIn ?? settings.standsIn);
        const options = { ...photo.options, terms };
        return work(layersTask({ ...photo, options }, maxPixels), arrival, holding);
      },
      predict: async (photo) => {
        const options = { ...photo.options, terms: termsOf(arrival, false) };
        return work(predictionTask({ ...photo, options }, maxPixels), arrival, holding);
      },
      pass: (passing) => passing(),
      release: () => release(holding),
    };
  }

  return {
    admit,
    stats: () => ({
      waiting: line.waiting,
      working: line.working,
      heldBytes: holdings.bytes,
      heldPixels: holdings.pixels,
      estimatedWaitMs: line.backlogMs,
      refusals: admission.refusals,
    }),
    untilEmpty: async () => {
      if (holdings.tickets > 0) await new Promise<void>((resolve) => onEmpty.add(resolve));
    },
  };
}

/** What predictors elsewhere are told: their clocks begin elsewhere, and have 1970 in common. */
function termsOf({ deadlineAtMs }: Arrival, mayStandIn = false): PredictTerms {
  const leftMs = deadlineAtMs - performance.now();
  return { deadlineAtMs: Date.now() + leftMs, mayStandIn };
}
