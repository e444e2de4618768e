import type { FieldCollector, FieldSink } from './fields.ts';
import { invalidBody } from './invalid-body.ts';

const AMPERSAND = 0x26;
const PERCENT = 0x25;
const PLUS = 0x2b;
const EQUALS = 0x3d;
const SPACE = 0x20;
const MAX_NAME_BYTES = 100;

/**
 * Reads an `application/x-www-form-urlencoded` body as it arrives (WHATWG URL, section 5.1). A percent sign that
 * begins no escape stands for itself.
 */
export class UrlencodedFieldReader {
  readonly #collector: FieldCollector;
  #name = '';
  #sink: FieldSink | undefined;
  /** What has come of an escape: `%`, or `%` and one digit. */
  #escape = '';

  constructor(collector: FieldCollector) {
    this.#collector = collector;
  }

  /** @throws DioramaError `REQUEST_INVALID` for a name that is too long, and what the collector throws */
  take(bytes: Uint8Array): void {
    // An escape may have begun in the piece before.
    const out = Buffer.allocUnsafe(bytes.length + 2);
    let length = 0;
    const give = () => {
      this.#give(out.subarray(0, length));
      length = 0;
    };
    for (const byte of bytes) {
      if (this.#escape !== '') {
        const sequence = this.#escape + String.fromCharCode(byte);
        if (/^%[0-9a-f]{2}$/i.test(sequence)) {
          out[length++] = Number.parseInt(sequence.slice(1), 16);
          this.#escape = '';
          continue;
        }
        if (/^%[0-9a-f]$/i.test(sequence)) {
          this.#escape = sequence;
          continue;
        }
        give();
        this.#giveEscape();
      }
      if (byte === PERCENT) {
        this.#escape = '%';
      } else if (byte === AMPERSAND) {
        give();
        this.#endField();
      } else if (byte === EQUALS && this.#sink === undefined) {
        give();
        this.#sink = this.#collector.open(this.#name);
      } else {
        out[length++] = byte === PLUS ? SPACE : byte;
      }
    }
    give();
  }

  end(): void {
    this.#giveEscape();
    this.#endField();
  }

  #give(bytes: Uint8Array): void {
    if (bytes.length === 0) return;
    if (this.#sink !== undefined) {
      this.#sink.take(bytes);
      return;
    }
    this.#name += Buffer.from(bytes).toString();
    if (this.#name.length > MAX_NAME_BYTES)
      throw invalidBody('A field of the form has too long a name.');
  }

  #giveEscape(): void {
    this.#give(Buffer.from(this.#escape));
    this.#escape = '';
  }

  #endField(): void {
    this.#sink?.end();
    this.#sink = undefined;
    this.#name = '';
  }
}
