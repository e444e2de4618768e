import type { Registry } from 'prom-client';
import { VERSION } from '../version.ts';
import type { EventLoopWatch } from './event-loop-delay.ts';
import { addGauge } from './gauges.ts';

/** Adds what is known of the server's own process. */
export function addProcessMetrics(registry: Registry, eventLoop: EventLoopWatch): void {
  addGauge(registry, {
    name: 'diorama_build_info',
    help: 'The version of the server; always 1.',
    labels: ['version', 'node'],
    read: () => [[{ version: VERSION, node: process.version }, 1]],
  });
  addGauge(registry, {
    name: 'process_start_time_seconds',
    help: 'When the server was started, in seconds since 1970.',
    read: () => [[{}, performance.timeOrigin / 1000]],
  });
  addGauge(registry, {
    name: 'process_resident_memory_bytes',
    help: 'Memory of the server without its worker processes.',
    read: () => [[{}, process.memoryUsage.rss()]],
  });
  addGauge(registry, {
    name: 'diorama_event_loop_delay_seconds',
    help: 'How late the main thread came to its turns in the last minute or so: p50, p99 and max.',
    labels: ['stat'],
    read: () => Object.entries(eventLoop.read()).map(([stat, value]) => [{ stat }, value]),
  });
}
