import { readFileSync } from 'node:fs';
import type { Command } from 'commander';
import { expect, test } from 'vitest';
import { buildProgram } from './program.ts';

const REFERENCE = readFileSync(new URL('../../../docs/cli.md', import.meta.url), 'utf8');

function program(run: () => void = () => undefined): Command {
  return buildProgram('0.0.0', async () => run());
}

/** A line of a shell as its words; quotes and redirections are all that the reference uses. */
function wordsOf(line: string): string[] {
  const [command = ''] = line.split(' > ');
  return (command.match(/'[^']*'|\S+/g) ?? []).map((word) => word.replaceAll("'", '')).slice(1);
}

const EXAMPLES = REFERENCE.split('\n').filter((line) => line.startsWith('    diorama '));

test.each(EXAMPLES.map((line) => [line.trim()]))(
  'the reference is right about: %s',
  async (line) => {
    let runs = 0;
    await program(() => runs++).parseAsync(wordsOf(line), { from: 'user' });
    expect(runs).toBe(1);
  },
);

test('the reference names every command and every option', () => {
  const commands = program().commands.flatMap((command) => [command, ...command.commands]);
  for (const command of commands) {
    expect(REFERENCE).toContain(command.name());
    for (const { long } of command.options) expect(REFERENCE).toContain(`${long}`);
  }
  expect(EXAMPLES.length).toBeGreaterThan(10);
});
