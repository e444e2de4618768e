import { Counter, Gauge, type Registry } from 'prom-client';

/** A figure with the labels that tell it from its siblings. */
export type Sample = readonly [labels: Readonly<Record<string, string>>, value: number];

export interface Figure {
  readonly name: string;
  readonly help: string;
  readonly labels?: readonly string[];
  /** What it is now; asked for whenever metrics are read. */
  readonly read: () => Iterable<Sample> | Promise<Iterable<Sample>>;
}

/** Adds a figure that goes up and down. */
export function addGauge(registry: Registry, figure: Figure): void {
  const gauge = new Gauge({ ...describe(registry, figure), collect });
  async function collect(): Promise<void> {
    const samples = await figure.read();
    gauge.reset();
    for (const [labels, value] of samples) gauge.set({ ...labels }, value);
  }
}

/** Adds a figure that is counted elsewhere and only grows. */
export function addTotal(registry: Registry, figure: Figure): void {
  const counter = new Counter({ ...describe(registry, figure), collect });
  async function collect(): Promise<void> {
    const samples = await figure.read();
    counter.reset();
    for (const [labels, value] of samples) counter.inc({ ...labels }, value);
  }
}

function describe(registry: Registry, { name, help, labels = [] }: Figure) {
  return { name, help, labelNames: [...labels], registers: [registry] };
}
