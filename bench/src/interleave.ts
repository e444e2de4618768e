/** What one run of a task took. */
export interface Sample {
  readonly wallMs: number;
  /** Processor time of all threads of this process: what other programs on the machine change least. */
  readonly cpuMs: number;
}

export interface Rounds {
  /** Rounds run and thrown away first. */
  readonly warmUps: number;
  /** Rounds counted. */
  readonly rounds: number;
  /** Both times since some start, in milliseconds. */
  readonly clock?: () => Sample;
}

/** The counted samples of each task, in the order of the rounds. */
export type Samples<Name extends string> = Readonly<Record<Name, readonly Sample[]>>;

function processClock(): Sample {
  const { user, system } = process.cpuUsage();
  return { wallMs: performance.now(), cpuMs: (user + system) / 1000 };
}

/**
 * Runs the tasks one after another, round by round, each alone. Noise of the machine then falls on all of them,
 * which is what makes their ratio worth more than their times.
 */
export async function interleave<Name extends string>(
  tasks: Readonly<Record<Name, () => Promise<unknown>>>,
  { warmUps, rounds, clock = processClock }: Rounds,
): Promise<Samples<Name>> {
  const names = Object.keys(tasks) as Name[]; // the record's own keys
  const samples = Object.fromEntries(names.map((name) => [name, []])) as unknown as Record<
    Name,
    Sample[]
  >; // one list for each name
  for (let round = -warmUps; round < rounds; round++) {
    for (const name of names) {
      const before = clock();
      await tasks[name]();
      const after = clock();
      if (round < 0) continue;
      samples[name].push({
        wallMs: after.wallMs - before.wallMs,
        cpuMs: after.cpuMs - before.cpuMs,
      });
    }
  }
  return samples;
}

export function wallTimes(samples: readonly Sample[]): number[] {
  return samples.map(({ wallMs }) => wallMs);
}

export function cpuTimes(samples: readonly Sample[]): number[] {
  return samples.map(({ cpuMs }) => cpuMs);
}
