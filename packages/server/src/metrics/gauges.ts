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
export function addGauge(registry: Registry, { name, help, labels = [], read }: Figure): void {
  new Gauge({
    name,
    help,
    labelNames: [...labels],
    registers: [registry],
    async collect() {
      const samples = await read();
      this.reset();
      for (const [labelled, value] of samples) this.set({ ...labelled }, value);
    },
  });
}

/** Adds a figure that is counted elsewhere and only grows. */
export function addTotal(registry: Registry, { name, help, labels = [], read }: Figure): void {
  new Counter({
    name,
    help,
    labelNames: [...labels],
    registers: [registry],
    async collect() {
      const samples = await read();
      this.reset();
      for (const [labelled, value] of samples) this.inc({ ...labelled }, value);
    },
  });
}
