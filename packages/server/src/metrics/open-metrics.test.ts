import { readFileSync } from 'node:fs';
import { type MetricObject, Registry } from 'prom-client';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addDeskMetrics } from './desk-metrics.ts';
import { addJobMetrics } from './job-metrics.ts';
import { type Metrics, openMetrics } from './open-metrics.ts';

const desk = () => ({
  waiting: 3,
  working: 2,
  heldBytes: 5000,
  heldPixels: 7000,
  estimatedWaitMs: 1500,
  refusals: { count: 4, share: 0, bytes: 1, pixels: 0, deadline: 0 },
});
const jobs = () => ({ waiting: 1, working: 0, done: 2, failed: 0, cancelled: 0 });
let metrics: Metrics;

beforeAll(() => {
  metrics = openMetrics({ engine: () => undefined, desk, jobs });
});

afterAll(() => metrics.close());

describe('the table in docs/operations.md', () => {
  it('has every metric with its type, its labels and its meaning, and no other', () => {
    const page = readFileSync(new URL('../../../../docs/operations.md', import.meta.url), 'utf8');
    const table = page.split('\n').filter((line) => /^\| `(diorama|process)_/.test(line));
    // prom-client knows the labels of a metric, and says them in no type.
    type Described = MetricObject & { readonly labelNames: readonly string[] };
    const rows = (metrics.registry.getMetricsAsArray() as Described[]).map(
      ({ name, help, type, labelNames }) => {
        const labels = labelNames.filter((label) => label !== 'le').map((label) => `\`${label}\``);
        return `| \`${name}\` | ${type} | ${labels.join(', ')} | ${help} |`.replace('|  |', '| |');
      },
    );
    expect(table).toEqual(rows);
  });
});

describe('figures that are counted elsewhere', () => {
  it("are the desk's and the jobs', read anew each time", async () => {
    const registry = new Registry();
    let waiting = 3;
    addDeskMetrics(registry, () => ({ ...desk(), waiting }));
    addJobMetrics(registry, jobs);
    expect(await registry.metrics()).toContain('\ndiorama_photos_waiting 3\n');
    waiting = 0;
    for (const text of [await registry.metrics(), await registry.metrics()]) {
      expect(text).toContain('\ndiorama_photos_waiting 0\n');
      expect(text).toContain('\ndiorama_photos_working 2\n');
      expect(text).toContain('\ndiorama_held_bytes 5000\n');
      expect(text).toContain('\ndiorama_held_pixels 7000\n');
      expect(text).toContain('\ndiorama_estimated_wait_seconds 1.5\n');
      expect(text).toContain('\ndiorama_desk_refusals_total{bound="count"} 4\n');
      expect(text).toContain('\ndiorama_jobs{state="done"} 2\n');
    }
  });
});
