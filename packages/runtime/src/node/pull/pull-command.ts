import type { PullOptions } from './pull-options.ts';

/** The command that pulls a model, as a person can type it. Never holds what lets one into a mirror. */
export function pullCommand(
  named: string,
  options: Pick<PullOptions, 'from' | 'mirror' | 'file' | 'sha256'> = {},
  licence?: string,
): string {
  const { from, mirror, file, sha256 } = options;
  const flags: readonly (readonly [string, string | undefined])[] = [
    ['--from', from],
    ['--mirror', mirror === undefined ? undefined : withoutSecrets(mirror)],
    ['--file', file],
    ['--sha256', sha256],
    ['--accept', licence],
  ];
  const words = flags.flatMap(([flag, value]) => (value === undefined ? [] : [flag, value]));
  return ['diorama models pull', ...[named, ...words].map(shellWord)].join(' ');
}

function shellWord(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}

function withoutSecrets(address: string): string {
  if (!URL.canParse(address)) return 'PREFIX';
  const { protocol, host, pathname } = new URL(address);
  return `${protocol}//${host}${pathname}`;
}
