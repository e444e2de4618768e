import { invalidBody } from './invalid-body.ts';

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
/** An escape that began in the piece before may end in this one, and become up to four bytes of UTF-8. */
const LONGEST_CHARACTER_BYTES = 4;
const SHORT_ESCAPES: Readonly<Record<string, string>> = {
  '"': '"',
  '\\': '\\',
  '/': '/',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
};

/** The text between two quotes of a JSON document (RFC 8259, section 7), unescaped as it arrives. */
export class JsonStringReader {
  readonly #give: (utf8: Uint8Array) => void;
  /** What has come of an escape, without its backslash. */
  #escape: string | undefined;
  /** The first half of a character that is written as two escapes. */
  #highSurrogate = '';

  constructor(give: (utf8: Uint8Array) => void) {
    this.#give = give;
  }

  /**
   * Reads from `at` to the closing quote or the end of the piece; answers where it stopped, and whether at the quote.
   * @throws DioramaError `REQUEST_INVALID` for an escape that JSON does not know, and what `give` throws
   */
  take(bytes: Uint8Array, at: number): { readonly at: number; readonly isClosed: boolean } {
    const out = Buffer.allocUnsafe(bytes.length - at + LONGEST_CHARACTER_BYTES);
    let length = 0;
    let i = at;
    for (; i < bytes.length; i++) {
      const byte = bytes[i] ?? 0;
      if (this.#escape !== undefined) {
        length += out.write(this.#readEscape(String.fromCharCode(byte)), length);
      } else if (byte === BACKSLASH) {
        this.#escape = '';
      } else if (byte === QUOTE) {
        break;
      } else {
        out[length++] = byte;
      }
    }
    if (length > 0) this.#give(out.subarray(0, length));
    const isClosed = i < bytes.length;
    return { at: isClosed ? i + 1 : i, isClosed };
  }

  /** The character that an escape is, once it is complete; nothing before. */
  #readEscape(next: string): string {
    const sequence = `${this.#escape ?? ''}${next}`;
    this.#escape = sequence;
    if (sequence[0] !== 'u') return this.#finish(SHORT_ESCAPES[sequence]);
    if (sequence.length < 5) return '';
    if (!/^u[0-9a-f]{4}$/i.test(sequence)) throw invalidBody('The JSON body has a broken escape.');
    return this.#finish(String.fromCharCode(Number.parseInt(sequence.slice(1), 16)));
  }

  #finish(unit: string | undefined): string {
    if (unit === undefined) throw invalidBody('The JSON body has a broken escape.');
    this.#escape = undefined;
    const character = this.#highSurrogate + unit;
    const isHalf = /^[\uD800-\uDBFF]$/.test(character);
    this.#highSurrogate = isHalf ? character : '';
    return isHalf ? '' : character;
  }
}
