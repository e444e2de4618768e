import {
  describeInstanceSchema,
  type PredictParameters,
  predictBodySchema,
} from '@diorama/contract';
import { DioramaError } from '@diorama/core';

/** One instance as it is answered: bytes that are decoded from base64, or why there are none. */
export type ReadInstance =
  | { readonly kind: 'picture'; readonly bytes: Uint8Array<ArrayBuffer> }
  | { readonly kind: 'sealed'; readonly bytes: Uint8Array<ArrayBuffer> }
  | { readonly kind: 'describe' }
  | { readonly kind: 'invalid'; readonly line: string };

/** The body of a predict request. */
export interface ReadBody {
  /** In the order in which they are answered; at least one. */
  readonly instances: readonly ReadInstance[];
  readonly parameters: PredictParameters;
}

/** A thousand instances with all their names have some ten thousand, and base64 has none. */
const MOST_SIGNS = 100_000;
const SIGNS = [...',[{'].map((sign) => sign.charCodeAt(0));
const BYTE_ORDER_MARK = Buffer.from([0xef, 0xbb, 0xbf]);

const SHAPES = '{"image":{"b64":"…"}}, {"b64":"…"}, {"sealed":{"b64":"…"}} or {"describe":true}';
const NO_BASE64 =
  'The bytes of the instance are no valid base64: nothing but its digits is taken, no line breaks, spaces or data: before them.';

/**
 * Reads the JSON of a predict request. What is wrong with one instance is said in its place; it takes some 5 ms for each
 * megabyte.
 * @throws DioramaError `REQUEST_INVALID` for what is no such request at all
 */
export function readPredictBody(bytes: Uint8Array): ReadBody {
  const parsed = predictBodySchema.safeParse(parseJson(bytes));
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    const where = issue?.path.length ? ` (${issue.path.join('.')}: ${issue.message})` : '';
    throw new DioramaError(
      'REQUEST_INVALID',
      `The body is no request for predictions, {"instances": [...], "parameters": {...}}${where}.`,
    );
  }
  const { instances, parameters } = parsed.data;
  return { instances: instances.map(readInstance), parameters: parameters ?? {} };
}

function parseJson({ buffer, byteOffset, byteLength }: Uint8Array): unknown {
  const marked = Buffer.from(buffer, byteOffset, byteLength);
  const hasMark = marked.subarray(0, BYTE_ORDER_MARK.length).equals(BYTE_ORDER_MARK);
  const body = hasMark ? marked.subarray(BYTE_ORDER_MARK.length) : marked;
  assertFewValues(body);
  try {
    // Nothing that is read here has letters beyond ASCII, and as Latin-1 a text takes half the time and memory.
    return JSON.parse(body.toString('latin1'));
  } catch {
    // The parser's own words quote the text, which is somebody's photo.
    throw new DioramaError('REQUEST_INVALID', 'The body is no JSON in UTF-8, or is cut short.');
  }
}

/** Millions of names would hold up the bodies behind them for half a minute. */
function assertFewValues(body: Buffer): void {
  if (body.length <= MOST_SIGNS) return;
  let signs = 0;
  for (const sign of SIGNS) {
    for (let at = body.indexOf(sign); at >= 0; at = body.indexOf(sign, at + 1)) {
      signs += 1;
      if (signs > MOST_SIGNS) {
        throw new DioramaError(
          'REQUEST_INVALID',
          `The JSON has more than ${MOST_SIGNS} values; a request for predictions is instances and parameters.`,
        );
      }
    }
  }
}

function readInstance(value: unknown): ReadInstance {
  if (describeInstanceSchema.safeParse(value).success) return { kind: 'describe' };
  const image = base64In(propertyOf(value, 'image'));
  if (image !== undefined) return decoded('picture', image);
  const sealed = base64In(propertyOf(value, 'sealed'));
  if (sealed !== undefined) return decoded('sealed', sealed);
  const file = base64In(value);
  if (file !== undefined) return decoded('picture', file);
  return { kind: 'invalid', line: `An instance is ${SHAPES}.` };
}

function propertyOf(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;
}

function base64In(value: unknown): string | undefined {
  const text = propertyOf(value, 'b64');
  return typeof text === 'string' ? text : undefined;
}

function decoded(kind: 'picture' | 'sealed', text: string): ReadInstance {
  if (text === '') return { kind: 'invalid', line: 'The instance holds no bytes.' };
  const digits = text.length - (text.endsWith('==') ? 2 : text.endsWith('=') ? 1 : 0);
  const length = Math.floor((digits * 3) / 4);
  const bytes = new Uint8Array(length);
  // Node leaves out what is no digit, so that fewer bytes come than there should.
  const written = Buffer.from(bytes.buffer).write(text, 'base64');
  if (written === length && length > 0 && digits % 4 !== 1) return { kind, bytes };
  return { kind: 'invalid', line: NO_BASE64 };
}
