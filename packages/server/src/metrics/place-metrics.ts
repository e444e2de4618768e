import type { PlaceStats } from '@diorama/runtime';
import type { Registry } from 'prom-client';
import type { EngineSource } from './engine-metrics.ts';
import { addGauge, addTotal, type Sample } from './gauges.ts';

const STATES = ['up', 'starting', 'out'] as const;

/** Adds how the places fare where pictures are sent; nothing where none are. */
export function addPlaceMetrics(registry: Registry, engine: EngineSource): void {
  const ofEach = (samples: (place: PlaceStats) => readonly Sample[]) => (): Sample[] =>
    (engine()?.stats().places ?? []).flatMap(samples);
  const labels = ['place', 'kind'];
  const one = (figure: (place: PlaceStats) => number | undefined) =>
    ofEach((place) => {
      const value = figure(place);
      return value === undefined ? [] : [[namesOf(place), value]];
    });

  addGauge(registry, {
    name: 'diorama_place_state',
    help: 'Whether a place is in that state: 1 or 0.',
    labels: [...labels, 'state'],
    read: ofEach((place) =>
      STATES.map((state): Sample => [{ ...namesOf(place), state }, place.state === state ? 1 : 0]),
    ),
  });
  addGauge(registry, {
    name: 'diorama_place_in_flight',
    help: 'Pictures that a place has now.',
    labels,
    read: one(({ inFlight }) => inFlight),
  });
  addGauge(registry, {
    name: 'diorama_place_p95_seconds',
    help: '95 of 100 answers of a place came within it, lately.',
    labels,
    read: one(({ p95Ms }) => (p95Ms === undefined ? undefined : p95Ms / 1000)),
  });
  addTotal(registry, {
    name: 'diorama_place_pictures_total',
    help: 'Pictures that were sent to a place.',
    labels,
    read: one(({ asked }) => asked),
  });
  addTotal(registry, {
    name: 'diorama_place_failures_total',
    help: 'Pictures that a place did not answer, or not usably.',
    labels,
    read: one(({ failed }) => failed),
  });
  addTotal(registry, {
    name: 'diorama_place_hedges_total',
    help: 'Pictures that were sent to a place because another one was slow.',
    labels,
    read: one(({ hedged }) => hedged),
  });
}

function namesOf({ name, kind }: PlaceStats): Readonly<Record<string, string>> {
  return { place: name, kind };
}
