import type { CommandContext } from './context.ts';

/** Runs the chosen command in its context and keeps the exit code that it answers. */
export type Conduct = (run: (context: CommandContext) => Promise<number>) => Promise<void>;
