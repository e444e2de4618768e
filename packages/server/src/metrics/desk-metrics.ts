import type { Registry } from 'prom-client';
import { addGauge, addTotal, type Sample } from './gauges.ts';

/** How full the desk is, and whom it sent away since the start. */
export interface DeskFigures {
  readonly waiting: number;
  readonly working: number;
  readonly heldBytes: number;
  readonly heldPixels: number;
  /** How long a photo that comes now would wait. */
  readonly estimatedWaitMs: number;
  /** By the bound that was reached. */
  readonly refusals: Readonly<Record<string, number>>;
}

/** Adds what the desk says of itself. */
export function addDeskMetrics(registry: Registry, figures: () => DeskFigures): void {
  const gauges = [
    ['diorama_photos_waiting', 'Photos that wait for their turn.', 'waiting'],
    ['diorama_photos_working', 'Photos that are worked on.', 'working'],
    ['diorama_held_bytes', 'Bytes of photos, uploading, waiting or in work.', 'heldBytes'],
    ['diorama_held_pixels', 'Pixels of photos, waiting or in work.', 'heldPixels'],
  ] as const;
  for (const [name, help, figure] of gauges) {
    addGauge(registry, { name, help, read: () => [[{}, figures()[figure]]] });
  }
  addGauge(registry, {
    name: 'diorama_estimated_wait_seconds',
    help: 'How long a photo that comes now would wait for its turn.',
    read: () => [[{}, figures().estimatedWaitMs / 1000]],
  });
  addTotal(registry, {
    name: 'diorama_desk_refusals_total',
    help: 'Photos that were not let in, by the bound that was reached.',
    labels: ['bound'],
    read: () =>
      Object.entries(figures().refusals).map(([bound, count]): Sample => [{ bound }, count]),
  });
}
