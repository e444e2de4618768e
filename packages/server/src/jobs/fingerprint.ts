import type { JobQuery } from '@diorama/contract';

/** Copying and handing over a piece of this size takes the thread that calls less than a millisecond. */
const PIECE_BYTES = 2 ** 20;

/** What a job was asked to do. */
export interface JobRequest {
  readonly query: JobQuery;
  readonly photo: Uint8Array;
  /** Picture to lay behind the subject. */
  readonly background: Uint8Array | undefined;
}

/** SHA-256 over the hashes of all that a job was asked to do, in hexadecimal: the same for a request that is sent again. */
export async function fingerprintOf({ query, photo, background }: JobRequest): Promise<string> {
  // A deadline changes nothing of what is made, and whoever sends a request again may have less time left.
  const { deadlineMs: _deadlineMs, ...options } = query;
  const wishes = Object.entries({ ...options, layers: query.layers?.toSorted() })
    .filter(([, value]) => value !== undefined)
    .sort(([one], [other]) => (one < other ? -1 : 1));
  const hashes = [await pieceHashes(photo), await pieceHashes(background ?? new Uint8Array(0))];
  return sha256Of(new TextEncoder().encode(JSON.stringify([wishes, hashes])));
}

/** Piece by piece, since the hashing of Node copies what it is given, and takes no memory that is shared. */
async function pieceHashes(bytes: Uint8Array): Promise<readonly string[]> {
  const hashes: string[] = [];
  for (let from = 0; from < bytes.length; from += PIECE_BYTES) {
    hashes.push(await sha256Of(new Uint8Array(bytes.subarray(from, from + PIECE_BYTES))));
  }
  return hashes;
}

async function sha256Of(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  return Buffer.from(await crypto.subtle.digest('SHA-256', bytes)).toString('hex');
}
