import type { SealPublicKey } from '@diorama/contract';
import { DioramaError } from '@diorama/core';

/** Keys that have not run out, the one to seal to first: the newest that is valid; last those whose time has not come. */
export function inOrderOfUse<Key extends SealPublicKey>(
  keys: readonly Key[],
  nowMs: number,
): readonly Key[] {
  const left = keys.filter((key) => !hasRunOut(key, nowMs));
  const beginsAt = (key: Key) => (key.notBefore === undefined ? 0 : Date.parse(key.notBefore));
  const rank = (key: Key) => (beginsAt(key) > nowMs ? -beginsAt(key) : beginsAt(key));
  return left.sort((one, other) => rank(other) - rank(one));
}

/** Whether a key is of no more use. */
export function hasRunOut({ notAfter }: SealPublicKey, nowMs: number): boolean {
  return notAfter !== undefined && Date.parse(notAfter) <= nowMs;
}

/** The key to seal to. @throws DioramaError `SEAL_KEY_UNKNOWN` when none is valid now */
export function chooseSealKey<Key extends SealPublicKey>(keys: readonly Key[], nowMs: number): Key {
  const [first] = inOrderOfUse(keys, nowMs);
  const isValid = first?.notBefore === undefined || Date.parse(first.notBefore) <= nowMs;
  if (first !== undefined && isValid) return first;
  const line =
    keys.length === 0
      ? 'The predictor has no key that pictures could be sealed to.'
      : 'No key of those that are known is valid now: ask the predictor for its keys.';
  throw new DioramaError('SEAL_KEY_UNKNOWN', line);
}
