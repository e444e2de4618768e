import { createHash, randomBytes } from 'node:crypto';

/** 192 random bits: more than anybody can try. */
const SECRET_BYTES = 24;
/** What a key looks like. Secrets that somebody made up must be as long as ours are at least. */
const KEY = /^dio_([a-z0-9-]{1,32})_[A-Za-z0-9_-]{32,128}$/;

/** Ids of keys: small letters, digits and hyphens, 1 to 32. They stand in the key itself, in logs and in figures. */
export const KEY_ID_PATTERN = /^[a-z0-9-]{1,32}$/;

/** A new key of that id, as its owner sends it. */
export function makeKey(id: string): string {
  return `dio_${id}_${randomBytes(SECRET_BYTES).toString('hex')}`;
}

/** The id in what may be a key; none in what cannot be one. */
export function idInKey(text: string): string | undefined {
  return KEY.exec(text)?.[1];
}

/**
 * What is kept of a key: 32 bytes. A fast hash is right here. Slow ones make passwords hard to guess, which a person
 * chose from few; nobody guesses 192 random bits, and each request would pay for the slowness.
 */
export function hashKey(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
