import {
  type SealKeyPair,
  type SealPublicKey,
  sealKeyPairsSchema,
  sealKeysAnswerSchema,
  sealPublicKeysSchema,
} from '@diorama/contract';
import { DioramaError } from '@diorama/core';
import { publicHalf } from './seal-key.ts';

const MAX_CHARACTERS = 65_536;

/** The keys in the text of a predictor's file. @throws DioramaError `CONFIG_INVALID` that says where its first fault is */
export function readSealKeys(text: string): readonly SealKeyPair[] {
  return readWith(sealKeyPairsSchema, asJson(text), 'The file is no list of seal keys');
}

/**
 * The public keys in the text of a caller's file: a list, or what `GET /v1/seal-keys` answers.
 * @throws DioramaError `CONFIG_INVALID`, also for a file with private keys, which is not the callers' to have
 */
export function readSealPublicKeys(text: string): readonly SealPublicKey[] {
  const json = asJson(text);
  if (sealKeyPairsSchema.safeParse(json).data?.length) {
    const line =
      'The file holds private keys, which belong to the predictor alone: give callers the public ones.';
    throw new DioramaError('CONFIG_INVALID', line);
  }
  const answer = sealKeysAnswerSchema.safeParse(json);
  const keys = answer.success ? answer.data.keys.map(publicHalf) : json;
  return readWith(sealPublicKeysSchema, keys, 'The file is no list of public seal keys');
}

/** The text of a file with these keys. */
export function formatSealKeys(keys: readonly SealPublicKey[]): string {
  return `${JSON.stringify(keys, null, 2)}\n`;
}

function readWith<Key extends SealPublicKey>(
  schema: { safeParse(value: unknown): Parsed<Key> },
  value: unknown,
  line: string,
): readonly Key[] {
  const { data, error } = schema.safeParse(value);
  if (data === undefined) {
    const [issue] = error?.issues ?? [];
    const where = issue?.path.length ? ` at ${issue.path.join('.')}` : '';
    // What is wrong there is not quoted: it could be a private key.
    throw new DioramaError('CONFIG_INVALID', `${line}${where}.`);
  }
  if (new Set(data.map(({ id }) => id)).size === data.length) return data;
  throw new DioramaError('CONFIG_INVALID', `${line}: two keys have the same id.`);
}

interface Parsed<Key> {
  readonly data?: Key[] | undefined;
  readonly error?: { readonly issues: readonly { readonly path: PropertyKey[] }[] } | undefined;
}

function asJson(text: string): unknown {
  if (text.length > MAX_CHARACTERS) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return undefined; // no list either, so it is refused as such
  }
}
