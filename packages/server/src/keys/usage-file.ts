import { readFileSync } from 'node:fs';
import { DioramaError } from '@diorama/core';
import { systemCodeOf, writeWhole } from '@diorama/runtime';
import { z } from 'zod';

const usageSchema = z.strictObject({
  /** Such as `2026-01`, in UTC. */
  month: z.string().regex(/^\d{4}-\d{2}$/),
  /** Photos that were answered, by the id of the key. */
  photos: z.record(z.string(), z.int().nonnegative()),
});

/** What is kept of the photos of a month. */
export type Usage = Readonly<z.infer<typeof usageSchema>>;

/**
 * The counts of a file; none where there is no file yet.
 * @throws DioramaError `CONFIG_INVALID` for a file that cannot be read or is not one of counts, which must not be overwritten
 */
export function readUsageFile(file: string): Usage | undefined {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    const code = systemCodeOf(error);
    if (code === 'ENOENT') return undefined;
    throw fault(`cannot be read (${code}): let the server read it, or name another`, error);
  }
  try {
    return usageSchema.parse(JSON.parse(text));
  } catch (error) {
    throw fault('does not hold the counts of a server: move it away, or name another', error);
  }
}

/** Replaces the file of counts, all or nothing. Throws the system's errors. */
export function writeUsageFile(file: string, usage: Usage): Promise<void> {
  return writeWhole(file, `${file}.new`, `${JSON.stringify(usage)}\n`);
}

function fault(what: string, cause: unknown): DioramaError {
  return new DioramaError('CONFIG_INVALID', `The usage file (DIORAMA_USAGE) ${what}.`, { cause });
}
