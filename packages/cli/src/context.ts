import type { Writable } from 'node:stream';

/** A stream to a person or a pipe. */
export type Output = Writable & { readonly isTTY?: boolean; readonly columns?: number };

/** What a command is given of the world around it. */
export interface CommandContext {
  /** Data that was asked for, and nothing else. */
  readonly stdout: Output;
  /** What a person reads. */
  readonly stderr: Output;
  /** Where the person stands; relative paths start here. */
  readonly cwd: string;
  /** Says that the person or the system wants the command to end. */
  readonly signal: AbortSignal;
  /** Settings from outside, for those who take them. */
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Whether to show where an error came from. */
  readonly isDebug: boolean;
}
