import { tooManyBytes } from '../../intake/bytes.ts';
import { GrowingBytes } from '../../intake/growing-bytes.ts';
import { Base64Reader } from './base64-reader.ts';
import { invalidBody } from './invalid-body.ts';

/** What a form, a JSON object or a query held: texts by name, and files by name as bytes. */
export interface Fields {
  readonly texts: ReadonlyMap<string, string>;
  readonly files: ReadonlyMap<string, Uint8Array>;
}

/** Which fields a route wants; what is not named is read and dropped. */
export interface FieldPlan {
  readonly texts: readonly string[];
  /** Fields that are files. */
  readonly files: readonly string[];
  /** Fields whose text is a file in base64; they come out under the same name, as bytes. */
  readonly base64Files: readonly string[];
}

/** Takes one field's value as it arrives. */
export interface FieldSink {
  readonly take: (bytes: Uint8Array) => void;
  readonly end: () => void;
}

/** Longest text of a field, in bytes: an address with room to spare. */
const MAX_TEXT_BYTES = 8192;
const MAX_FIELDS = 64;

const DROP: FieldSink = { take: () => undefined, end: () => undefined };

/** Gathers the fields of one body, within bounds. Large values are decoded piece by piece as they arrive. */
export class FieldCollector {
  readonly #plan: FieldPlan;
  readonly #maxBytes: number;
  readonly #expectedBytes: number;
  readonly #texts = new Map<string, string>();
  readonly #files = new Map<string, Uint8Array>();
  #count = 0;
  #fileBytes = 0;

  /** `maxBytes` bounds all files together; `expectedBytes` is the most that the request can hold. */
  constructor(plan: FieldPlan, maxBytes: number, expectedBytes: number) {
    this.#plan = plan;
    this.#maxBytes = maxBytes;
    this.#expectedBytes = Math.min(expectedBytes, maxBytes);
  }

  /**
   * Where the value of the next field goes.
   * @throws DioramaError `REQUEST_INVALID` for too many fields; the sink throws it, and `PHOTO_TOO_MANY_BYTES`, too
   */
  open(name: string): FieldSink {
    this.#count++;
    if (this.#count > MAX_FIELDS) throw invalidBody('The request has too many fields.');
    if (this.#plan.files.includes(name)) return this.#file(name, this.#expectedBytes);
    if (this.#plan.base64Files.includes(name)) return this.#base64File(name);
    if (this.#plan.texts.includes(name)) return this.#text(name);
    return DROP;
  }

  /** All that has ended. An empty value counts as none, as clients send what they leave out. */
  fields(): Fields {
    return { texts: this.#texts, files: this.#files };
  }

  #text(name: string): FieldSink {
    const value = new GrowingBytes(0);
    return {
      take: (bytes) => {
        if (value.length + bytes.length > MAX_TEXT_BYTES) {
          throw invalidBody(`The field "${name}" is too long.`);
        }
        value.add(bytes);
      },
      end: () => {
        const text = new TextDecoder().decode(value.toBytes()).trim();
        if (text !== '') this.#texts.set(name, text);
      },
    };
  }

  #file(name: string, expectedBytes: number): FieldSink {
    const value = new GrowingBytes(expectedBytes);
    return {
      take: (bytes) => {
        this.#fileBytes += bytes.length;
        if (this.#fileBytes > this.#maxBytes) throw tooManyBytes(this.#maxBytes);
        value.add(bytes);
      },
      end: () => {
        if (value.length > 0) this.#files.set(name, value.toBytes());
      },
    };
  }

  #base64File(name: string): FieldSink {
    const file = this.#file(name, Math.ceil((this.#expectedBytes * 3) / 4));
    const reader = new Base64Reader(file.take);
    return {
      take: (bytes) => reader.take(bytes),
      end: () => {
        reader.end();
        file.end();
      },
    };
  }
}

/** What a request without a body holds. */
export const NO_FIELDS: Fields = { texts: new Map(), files: new Map() };
