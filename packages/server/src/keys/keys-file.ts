import { DioramaError } from '@diorama/core';
import { z } from 'zod';
import { OPEN_CALLER } from '../caller.ts';
import { KEY_ID_PATTERN } from './key-text.ts';

/** Reading them again must not hold the main thread for 10 ms; who has more callers has a gateway before the service. */
export const MAX_KEYS = 500;
const MAX_FILE_CHARACTERS = 2 ** 20;

const keySchema = z.strictObject({
  id: z
    .string()
    .regex(KEY_ID_PATTERN)
    .refine((id) => id !== OPEN_CALLER.id),
  /** Whose it is, in words. */
  name: z.string().min(1).max(200).optional(),
  /** Of the whole key, in hexadecimal. */
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
  /** Requests; as many as it likes if absent. */
  ratePerMinute: z.int().min(1).max(1_000_000).optional(),
  /** As many as it likes if absent. */
  photosPerMonth: z.int().min(0).max(1_000_000_000).optional(),
});

const keysSchema = z
  .array(keySchema)
  .max(MAX_KEYS)
  .refine((keys) => new Set(keys.map(({ id }) => id)).size === keys.length, {
    error: 'two keys have the same id',
  });

/** One key as the file of keys has it. */
export type KeyEntry = Readonly<z.infer<typeof keySchema>>;

/**
 * The keys that a file of keys holds.
 * @throws DioramaError `CONFIG_INVALID` that says where the first fault is; `file` begins its line
 */
export function parseKeys(text: string, file: string): readonly KeyEntry[] {
  const parsed = keysSchema.safeParse(text.length > MAX_FILE_CHARACTERS ? undefined : asJson(text));
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const where = issue?.path.length ? ` at ${issue.path.join('.')}` : '';
  const line = `${file} is no list of keys${where}: ${issue?.message ?? 'not JSON'}.`;
  throw new DioramaError('CONFIG_INVALID', line);
}

/** The text of a file with these keys. */
export function formatKeys(keys: readonly KeyEntry[]): string {
  return `${JSON.stringify(keys, null, 2)}\n`;
}

function asJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined; // no array either, so it is refused as such
  }
}
