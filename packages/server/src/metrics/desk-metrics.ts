import type { Registry } from 'prom-client';
import type { DeskStats } from '../desk/photo-desk.ts';
import { addGauge, addTotal, type Sample } from './gauges.ts';

/** Adds what the desk says of itself. */
export function addDeskMetrics(registry: Registry, stats: () => DeskStats): void {
  const gauges = [
    ['diorama_photos_waiting', 'Photos that wait for their turn.', 'waiting'],
    ['diorama_photos_working', 'Photos that are worked on.', 'working'],
    [
      'diorama_held_bytes',
      'Bytes of photos that upload, wait or are in work, and of answers not yet sent.',
      'heldBytes',
    ],
    ['diorama_held_pixels', 'Pixels of photos that wait or are in work.', 'heldPixels'],
  ] as const;
  for (const [name, help, figure] of gauges) {
    addGauge(registry, { name, help, read: () => [[{}, stats()[figure]]] });
  }
  addGauge(registry, {
    name: 'diorama_estimated_wait_seconds',
    help: 'How long until all photos that are here are done.',
    read: () => [[{}, stats().estimatedWaitMs / 1000]],
  });
  addTotal(registry, {
    name: 'diorama_desk_refusals_total',
    help: 'Photos that were not let in, by the bound that was reached.',
    labels: ['bound'],
    read: () =>
      Object.entries(stats().refusals).map(([bound, count]): Sample => [{ bound }, count]),
  });
}
