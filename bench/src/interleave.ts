export type Clock = () => number;

export interface Rounds {
  /** Rounds run and thrown away first. */
  readonly warmUps: number;
  /** Rounds counted. */
  readonly rounds: number;
  /** Milliseconds that only grow. */
  readonly clock?: Clock;
}

/** Counted wall times in milliseconds of each task, in the order of the rounds. */
export type Times<Name extends string> = Readonly<Record<Name, readonly number[]>>;

/**
 * Runs the tasks one after another, round by round, each alone. Noise of the machine then falls on all of them,
 * which is what makes their ratio worth more than their times.
 */
export async function interleave<Name extends string>(
  tasks: Readonly<Record<Name, () => Promise<unknown>>>,
  { warmUps, rounds, clock = () => performance.now() }: Rounds,
): Promise<Times<Name>> {
  const names = Object.keys(tasks) as Name[]; // the record's own keys
  const times = Object.fromEntries(names.map((name) => [name, []])) as unknown as Record<
    Name,
    number[]
  >; // one list for each name
  for (let round = -warmUps; round < rounds; round++) {
    for (const name of names) {
      const startedAt = clock();
      await tasks[name]();
      if (round >= 0) times[name].push(clock() - startedAt);
    }
  }
  return times;
}
