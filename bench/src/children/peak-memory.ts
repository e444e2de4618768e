import { readFileSync } from 'node:fs';
import { buffer } from 'node:stream/consumers';
import { createDiorama } from '@diorama/engine';

/**
 * The most memory that this process ever held, in bytes. `maxRSS` is only the second choice: it starts from what
 * the parent held when it started this process.
 */
function peakBytes(): number {
  try {
    const status = readFileSync('/proc/self/status', 'utf8');
    const kibibytes = /^VmHWM:\s+(\d+) kB$/m.exec(status)?.[1];
    if (kibibytes !== undefined) return Number(kibibytes) * 1024;
  } catch {
    // No /proc on this system.
  }
  return process.resourceUsage().maxRSS * 1024;
}

// Answers the photo on standard input once, as a service just started would, and says what it took.
const bytes = new Uint8Array(await buffer(process.stdin));
const diorama = await createDiorama();
const answer = await diorama.layers(bytes);
const { width, height } = answer.document.size;
console.log(JSON.stringify({ peakBytes: peakBytes(), files: answer.files.size, width, height }));
await diorama.dispose();
