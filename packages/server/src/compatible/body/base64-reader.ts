import { invalidBody } from './invalid-body.ts';

/** Longest head of a data URL. */
const MAX_HEAD_CHARACTERS = 200;
const HEAD = /^data:[^,]*;base64,/i;
const HEAD_BEGUN = /^(data:|(d|da|dat|data)$)/i;
const WHITE = /[\r\n\t ]+/g;
const BASE64 = /^([A-Za-z0-9+/_-]*)(={0,2})$/;

/** Decodes base64 as it arrives: with or without padding, line breaks or the head of a data URL; base64url too. */
export class Base64Reader {
  readonly #give: (bytes: Uint8Array) => void;
  /** What is not decoded yet: the head, or the last digits with their padding. */
  #rest = '';
  #isPastHead = false;

  /** `give` gets the bytes, piece by piece. */
  constructor(give: (bytes: Uint8Array) => void) {
    this.#give = give;
  }

  /** @throws DioramaError `REQUEST_INVALID` for what is no base64 */
  take(bytes: Uint8Array): void {
    const { buffer, byteOffset, byteLength } = bytes;
    const text = Buffer.from(buffer, byteOffset, byteLength).toString('latin1');
    this.#rest += text.replace(WHITE, '');
    if (!this.#isPastHead) {
      const mayGoOn = this.#rest.length < MAX_HEAD_CHARACTERS && !this.#rest.includes(',');
      if (mayGoOn && HEAD_BEGUN.test(this.#rest)) return;
      this.#passHead();
    }
    const { digits, padding } = this.#read();
    // Whole groups are decoded; the last digits wait, since only the end tells how many they are.
    const whole = padding === '' ? digits.length - (digits.length % 4) : 0;
    if (whole > 0) this.#give(Buffer.from(digits.slice(0, whole), 'base64'));
    this.#rest = this.#rest.slice(whole);
  }

  /** @throws DioramaError `REQUEST_INVALID` for what is cut short */
  end(): void {
    if (!this.#isPastHead) this.#passHead();
    const { digits, padding } = this.#read();
    const isWhole = digits.length % 4 !== 1 && (padding === '' || digits.length % 4 !== 0);
    if (!isWhole) throw notBase64();
    if (digits !== '') this.#give(Buffer.from(digits, 'base64'));
    this.#rest = '';
  }

  #passHead(): void {
    this.#rest = this.#rest.replace(HEAD, '');
    this.#isPastHead = true;
  }

  #read(): { readonly digits: string; readonly padding: string } {
    const [, digits, padding] = BASE64.exec(this.#rest) ?? [];
    if (digits === undefined || padding === undefined) throw notBase64();
    return { digits, padding };
  }
}

function notBase64() {
  return invalidBody('The picture is no valid base64.');
}
