import { PROBLEMS } from '@diorama/contract';
import { type DioramaError, type ErrorCode, isDioramaError } from '@diorama/core';
import type { Mode, Problem, Remedy } from './state.ts';

/** Refusals that lie in the file: no network and no server changes them. */
const OF_THE_FILE = /^PHOTO_|^INPUT_NOT_FOUND$/;

/** What went wrong, with what the person can do about it in this mode. Never throws. */
export function problemOf(error: unknown, mode: Mode): Problem {
  if (isDioramaError(error)) {
    const { code } = error;
    return {
      code,
      title: PROBLEMS[code].title,
      message: messageOf(error, mode),
      remedies: remediesFor(error, mode),
    };
  }
  reportError(error);
  return {
    code: 'INTERNAL',
    title: PROBLEMS.INTERNAL.title,
    message: 'Something went wrong in this page.',
    remedies: ['retry'],
  };
}

function messageOf({ message, detail }: DioramaError, mode: Mode): string {
  if (detail['isForServer'] !== true || mode === 'server') return message;
  return `${message} The server does: the whole file would go there, be opened and be forgotten.`;
}

function remediesFor({ code, detail }: DioramaError, mode: Mode): readonly Remedy[] {
  if (code === 'KEY_REQUIRED') return mode === 'server' ? ['key', 'use-device'] : ['key'];
  if (detail['isForServer'] === true && mode === 'device') return ['use-server', 'pick'];
  if (OF_THE_FILE.test(code)) return ['pick'];
  if (mode === 'server') return ['retry', 'use-device'];
  return OF_THE_DEVICE.has(code) ? ['retry', 'use-server'] : ['retry'];
}

/** Where the server may do what this device cannot. */
const OF_THE_DEVICE: ReadonlySet<ErrorCode> = new Set([
  'PROVIDER_UNAVAILABLE',
  'MODEL_MISSING',
  'MODEL_CORRUPT',
  'CONFIG_INVALID',
]);
