#!/usr/bin/env node
import { readFileSync } from 'node:fs';
import { DioramaError } from '@diorama/core';
import { runDiorama } from './run-diorama.ts';

/** What still runs after the answer is given has this long to end by itself. */
const DRAIN_MS = 3000;

const stop = new AbortController();
const interrupt = () => {
  // Whoever asks twice means it; what lies half written is cleaned by the next run.
  if (stop.signal.aborted) process.exit(130);
  stop.abort(new DioramaError('CANCELLED', 'Stopped'));
};
process.on('SIGINT', interrupt);
process.on('SIGTERM', interrupt);

// A reader that goes away, as `head` does, ends the command and is no fault.
process.stdout.on('error', interrupt);
process.stderr.on('error', () => undefined);

const isDebug = process.env['DIORAMA_DEBUG'] === '1';
process.on('uncaughtException', (error) => {
  const where = isDebug ? `\n${error.stack}` : '';
  process.stderr.write(`diorama: Something went wrong inside Diorama (INTERNAL)${where}\n`);
  process.exit(70);
});

const { version } = JSON.parse(
  readFileSync(new URL('../package.json', import.meta.url), 'utf8'),
) as { version: string }; // our own package.json

process.exitCode = await runDiorama(process.argv.slice(2), {
  stdout: process.stdout,
  stderr: process.stderr,
  cwd: process.cwd(),
  signal: stop.signal,
  env: process.env,
  isDebug,
  version,
});
// The process ends when nothing is left to do, so that pipes are emptied; but it does end.
setTimeout(() => process.exit(), DRAIN_MS).unref();
