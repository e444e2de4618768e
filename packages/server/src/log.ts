import { type DestinationStream, type Logger, pino } from 'pino';
import type { LogLevel } from './config.ts';

/** Where log lines go; standard output unless a caller wants to read them. */
export type LogStream = DestinationStream;
export type Log = Logger;

/** Levels as Google Cloud calls them; it reads any other name as none. */
const SEVERITIES: Readonly<Record<string, string>> = { warn: 'WARNING', fatal: 'CRITICAL' };

/** JSON lines with the keys that Google Cloud reads, and nothing about the machine. */
export function createLog(level: LogLevel, stream?: LogStream): Log {
  const options = {
    level,
    base: null,
    messageKey: 'message',
    timestamp: () => `,"time":"${new Date().toISOString()}"`,
    formatters: {
      level: (label: string) => ({ severity: SEVERITIES[label] ?? label.toUpperCase() }),
    },
  };
  return stream === undefined ? pino(options) : pino(options, stream);
}

/**
 * An error as a log may hold it: what kind and where, never its text. Texts of foreign errors quote their
 * input, and the input here is somebody's photo.
 */
export function describeFault(error: unknown): Readonly<Record<string, unknown>> {
  if (!(error instanceof Error)) return { name: typeof error };
  return {
    name: error.name,
    ...('code' in error ? { code: error.code } : {}),
    frames: framesOf(error),
    ...(error.cause === undefined ? {} : { cause: describeFault(error.cause) }),
  };
}

const MAX_FRAMES = 12;

/** The stack below the text, of which a line may look like a frame. */
function framesOf({ stack = '', message }: Error): string[] {
  const at = stack.indexOf(message);
  const below = at < 0 ? stack : stack.slice(at + message.length);
  const frames = below.split('\n').filter((line) => /^ {4}at .*:\d+:\d+\)?$/.test(line));
  return frames.slice(0, MAX_FRAMES).map((line) => line.trim());
}
