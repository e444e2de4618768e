import { createHash } from 'node:crypto';

/** What makes two requests for layers the same. */
export interface LayersRequest {
  readonly photo: Uint8Array;
  /** With every default filled in. */
  readonly options: Readonly<Record<string, unknown>>;
  /** SHA-256 of the model, or of each where several answer. */
  readonly model: string;
}

/** SHA-256 of a request, the same for the same request whatever the order of its options. */
export function requestKey({ photo, options, model }: LayersRequest): string {
  const said = JSON.stringify({ version: 1, model, options: inOrder(options) });
  const photoHash = createHash('sha256').update(photo).digest();
  return createHash('sha256').update(said).update('\n').update(photoHash).digest('hex');
}

function inOrder(value: unknown): unknown {
  if (value instanceof Set) return [...value].sort();
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([key, inner]) => [key, inOrder(inner)]));
}
