import type { PredictParameters } from '@diorama/contract';

/** In which shape bytes stand in a JSON request: a picture, or a sealed message. */
export type InstanceKind = 'image' | 'sealed';

/** The body of a predict request with one picture. Base64 needs no escapes. */
export function writeJsonBody(
  kind: InstanceKind,
  bytes: Uint8Array,
  parameters: PredictParameters,
): string {
  const { before, after } = envelopeOf(kind, parameters);
  const { buffer, byteOffset, byteLength } = bytes;
  return `${before}${Buffer.from(buffer, byteOffset, byteLength).toString('base64')}${after}`;
}

/** Bytes that a picture may have so that the body has at most `maxBytes`: three for each four characters of base64. */
export function roomInJsonBody(
  kind: InstanceKind,
  parameters: PredictParameters,
  maxBytes: number,
): number {
  const { before, after } = envelopeOf(kind, parameters);
  return Math.floor((maxBytes - before.length - after.length) / 4) * 3;
}

/** All of it is ASCII: as many bytes as characters. */
function envelopeOf(kind: InstanceKind, parameters: PredictParameters) {
  const value = kind === 'image' ? { image: { b64: '' } } : { sealed: { b64: '' } };
  const whole = JSON.stringify({ instances: [value], parameters });
  const at = whole.indexOf('""') + 1;
  return { before: whole.slice(0, at), after: whole.slice(at) };
}
