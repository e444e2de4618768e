import { DefaultDeserializer, DefaultSerializer } from 'node:v8';

/** A message as it crosses a pipe: a header, and behind it the bytes of every array in it, as they lie in memory. */
export interface MessageFrame {
  readonly header: Uint8Array;
  readonly bodies: readonly Uint8Array[];
}

/** A message whose header was read. It is whole once its bodies are filled. */
export interface OpenedFrame {
  readonly value: unknown;
  /** To be filled, one after another, with the bytes that come behind the header. */
  readonly bodies: readonly Uint8Array[];
}

/** The kinds of arrays by their number in a frame: add at the end only. */
const ARRAY_KINDS: readonly (new (buffer: ArrayBuffer) => ArrayBufferView)[] = [
  DataView,
  Int8Array,
  Uint8Array,
  Uint8ClampedArray,
  Int16Array,
  Uint16Array,
  Int32Array,
  Uint32Array,
  Float32Array,
  Float64Array,
  BigInt64Array,
  BigUint64Array,
];

/** More than the arrays of the largest photo that anyone may send; an announcement beyond it is a fault. */
const MOST_BODY_BYTES = 2 ** 31;

/** Takes arrays out of what V8 writes, where they would be copied in one piece and copied again when they are read. */
class HeaderWriter extends DefaultSerializer {
  readonly bodies: Uint8Array[] = [];

  /** Called by V8's serialiser for each array, and for objects that are no plain data. */
  _writeHostObject(object: unknown): void {
    const kind = ARRAY_KINDS.findIndex((type) => tagOf(object) === type.name);
    if (kind < 0 || !ArrayBuffer.isView(object)) {
      throw new TypeError('This object cannot be sent to another process.');
    }
    this.writeUint32(kind);
    this.writeUint32(object.byteLength);
    this.bodies.push(new Uint8Array(object.buffer, object.byteOffset, object.byteLength));
  }
}

class HeaderReader extends DefaultDeserializer {
  readonly bodies: Uint8Array[] = [];
  #bytes = 0;

  /** Called by V8's deserialiser: makes memory for an array whose bytes are yet to come. */
  _readHostObject(): ArrayBufferView {
    const type = ARRAY_KINDS[this.readUint32()];
    const byteLength = this.readUint32();
    this.#bytes += byteLength;
    if (!type || this.#bytes > MOST_BODY_BYTES) throw new RangeError('No such array can be read.');
    // Memory of its own, so that it can move on to another thread; not cleared, since all of it is about to be filled.
    const buffer = Buffer.allocUnsafeSlow(byteLength).buffer as ArrayBuffer; // never shared
    this.bodies.push(new Uint8Array(buffer));
    return new type(buffer);
  }
}

/** Packs a message. Throws what structured cloning throws when it holds what is no plain data. */
export function packMessage(message: unknown): MessageFrame {
  const writer = new HeaderWriter();
  writer.writeHeader();
  writer.writeValue(message);
  return { header: writer.releaseBuffer(), bodies: writer.bodies };
}

/** Unpacks a header. Throws when it is none. */
export function openFrame(header: Uint8Array): OpenedFrame {
  const reader = new HeaderReader(header);
  reader.readHeader();
  const value: unknown = reader.readValue();
  return { value, bodies: reader.bodies };
}

/** Which array it is, also where it was made elsewhere or is a subclass, as Buffer is. */
function tagOf(object: unknown): string {
  return Object.prototype.toString.call(object).slice('[object '.length, -1);
}
