import type { FieldCollector, FieldSink } from './fields.ts';
import { invalidBody } from './invalid-body.ts';
import { JsonStringReader } from './json-string-reader.ts';

/** Longest name of a field, and longest number. */
const MAX_TOKEN_BYTES = 100;
const WHITE = ' \t\r\n';

type Place = 'start' | 'first-name' | 'name' | 'colon' | 'value' | 'word' | 'comma' | 'end';

/**
 * Reads one flat JSON object as it arrives, so that a photo of many megabytes in base64 is never held as one text.
 * Numbers, `true` and `false` come out as texts, `null` not at all; a value that is an object or a list is refused.
 */
export class JsonFieldReader {
  readonly #collector: FieldCollector;
  #place: Place = 'start';
  /** The name or number that is being read. */
  #token = '';
  /** Whose value the number is. */
  #name = '';
  #string: { readonly reader: JsonStringReader; readonly close: () => void } | undefined;

  constructor(collector: FieldCollector) {
    this.#collector = collector;
  }

  /** @throws DioramaError `REQUEST_INVALID` for what is no such object, and what the collector throws */
  take(bytes: Uint8Array): void {
    for (let at = 0; at < bytes.length; ) {
      if (this.#string === undefined) {
        this.#step(String.fromCharCode(bytes[at] ?? 0));
        at++;
      } else {
        const { reader, close } = this.#string;
        const read = reader.take(bytes, at);
        at = read.at;
        if (!read.isClosed) continue;
        this.#string = undefined;
        close();
      }
    }
  }

  /** @throws DioramaError `REQUEST_INVALID` for an object that is cut short */
  end(): void {
    if (this.#place !== 'end') throw malformed();
  }

  #step(character: string): void {
    const isWhite = WHITE.includes(character);
    switch (this.#place) {
      case 'start':
        if (!isWhite) this.#expect(character, '{', 'first-name');
        return;
      case 'first-name':
      case 'name':
        if (isWhite) return;
        if (character === '"') this.#beginName();
        else if (this.#place === 'first-name') this.#expect(character, '}', 'end');
        else throw malformed();
        return;
      case 'colon':
        if (!isWhite) this.#expect(character, ':', 'value');
        return;
      case 'value':
        if (!isWhite) this.#beginValue(character);
        return;
      case 'word':
        if (!isWhite && character !== ',' && character !== '}') this.#lengthen(character);
        else this.#endWord(character);
        return;
      case 'comma':
        if (character === ',') this.#place = 'name';
        else if (!isWhite) this.#expect(character, '}', 'end');
        return;
      case 'end':
        if (!isWhite) throw malformed();
    }
  }

  #expect(character: string, wanted: string, next: Place): void {
    if (character !== wanted) throw malformed();
    this.#place = next;
  }

  #beginName(): void {
    this.#token = '';
    this.#string = {
      reader: new JsonStringReader((utf8) => this.#lengthen(Buffer.from(utf8).toString())),
      close: () => {
        this.#place = 'colon';
      },
    };
  }

  #beginValue(character: string): void {
    if (character !== '"') {
      this.#name = this.#token;
      this.#token = character;
      this.#place = 'word';
      return;
    }
    const sink: FieldSink = this.#collector.open(this.#token);
    this.#string = {
      reader: new JsonStringReader(sink.take),
      close: () => {
        sink.end();
        this.#place = 'comma';
      },
    };
  }

  #lengthen(text: string): void {
    this.#token += text;
    if (this.#token.length > MAX_TOKEN_BYTES) throw malformed();
  }

  #endWord(character: string): void {
    const word = this.#token;
    if (!/^(true|false|null|-?\d+(\.\d+)?([eE][+-]?\d+)?)$/.test(word)) throw malformed();
    if (word !== 'null') {
      const sink = this.#collector.open(this.#name);
      sink.take(Buffer.from(word));
      sink.end();
    }
    this.#place = 'comma';
    this.#step(character);
  }
}

function malformed() {
  return invalidBody('The JSON body is no flat object of texts, numbers and true or false.');
}
