import { type DestinationStream, type Logger, pino } from 'pino';
import type { LogLevel } from './config.ts';

/** Where log lines go; standard output unless a caller wants to read them. */
export type LogStream = DestinationStream;
export type Log = Logger;

/** JSON lines with the keys that Google Cloud reads, and nothing about the machine. */
export function createLog(level: LogLevel, stream?: LogStream): Log {
  const options = {
    level,
    base: null,
    messageKey: 'message',
    timestamp: () => `,"time":"${new Date().toISOString()}"`,
    formatters: { level: (label: string) => ({ severity: label.toUpperCase() }) },
  };
  return stream === undefined ? pino(options) : pino(options, stream);
}

/**
 * An error as a log may hold it: what kind and where, never its text. Texts of foreign errors quote their
 * input, and the input here is somebody's photo.
 */
export function describeFault(error: unknown): Readonly<Record<string, unknown>> {
  if (!(error instanceof Error)) return { name: typeof error };
  const frames = error.stack?.split('\n').filter((line) => /^ {4}at /.test(line)) ?? [];
  return {
    name: error.name,
    ...('code' in error ? { code: error.code } : {}),
    frames: frames.slice(0, 12).map((line) => line.trim()),
    ...(error.cause === undefined ? {} : { cause: describeFault(error.cause) }),
  };
}
