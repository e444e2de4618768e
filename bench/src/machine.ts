import { execFileSync } from 'node:child_process';
import { availableParallelism, cpus, totalmem } from 'node:os';
import { ROOT } from './root.ts';

/** One line that says what the figures were measured on. */
export function describeMachine(now: Date): string {
  const processor = cpus()[0]?.model.replace(/\s+/g, ' ').trim() || process.arch;
  const cores = `${availableParallelism()} core(s)`;
  const memory = `${(totalmem() / 1e9).toFixed(0)} GB`;
  const node = `Node ${process.versions.node}`;
  return [processor, cores, memory, node, now.toISOString().slice(0, 16), commit()].join(' · ');
}

function commit(): string {
  try {
    const git = (...args: string[]) =>
      execFileSync('git', args, {
        cwd: ROOT,
        encoding: 'utf8',
        stdio: ['ignore', 'pipe', 'ignore'],
      });
    const isChanged = git('status', '--porcelain', '--untracked-files=no').trim() !== '';
    return `commit ${git('rev-parse', '--short', 'HEAD').trim()}${isChanged ? ' + changes' : ''}`;
  } catch {
    return 'no commit';
  }
}
