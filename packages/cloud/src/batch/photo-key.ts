const LENGTH = 32;

/**
 * Names a photo in files that leave this machine: the beginning of the SHA-256 of its bytes. A name of a file would
 * tell of the person, and a hash of one could be guessed; after a photo was changed, its older prediction is not taken for it.
 */
export async function photoKey(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  // Hashed on another thread, which photos of many megabytes are worth.
  const hash = await crypto.subtle.digest('SHA-256', bytes);
  return Buffer.from(hash).toString('hex').slice(0, LENGTH);
}
