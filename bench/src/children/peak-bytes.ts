import { readFileSync } from 'node:fs';

/**
 * The most memory that this process ever held, in bytes. `maxRSS` is only the second choice: it starts from what
 * the parent held when it started this process.
 */
export function peakBytes(): number {
  try {
    const status = readFileSync('/proc/self/status', 'utf8');
    const kibibytes = /^VmHWM:\s+(\d+) kB$/m.exec(status)?.[1];
    if (kibibytes !== undefined) return Number(kibibytes) * 1024;
  } catch {
    // No /proc on this system.
  }
  return process.resourceUsage().maxRSS * 1024;
}
