import { notUnderstood } from './not-understood.ts';

/** One event of a stream (WHATWG HTML, section 9.2). */
export interface StreamEvent {
  readonly name: string;
  readonly data: string;
  readonly id?: string;
}

/** What a reader gives. */
interface Piece {
  readonly done: boolean;
  readonly value?: Uint8Array | undefined;
}

/** The longest event that is read, in characters. */
const MAX_EVENT_CHARS = 2 ** 20;

/**
 * The events of an answer, as they come; ends where the stream does, or when nothing comes for `maxSilenceMs`. Comments
 * are read over.
 * @throws DioramaError `SOURCE_UNAVAILABLE` for an event that is too long
 */
export async function* readEvents(
  body: ReadableStream<Uint8Array>,
  maxSilenceMs: number,
): AsyncGenerator<StreamEvent, void, undefined> {
  const reader = body.getReader();
  const decoder = new TextDecoder();
  let text = '';
  try {
    for (;;) {
      const piece = await readWithin(reader, maxSilenceMs);
      if (piece === undefined) return;
      text += decoder.decode(piece.value, { stream: !piece.done });
      // A line ends with CR, LF, or both, and the two may come in two pieces.
      text = text.replace(piece.done ? /\r\n?/g : /\r\n|\r(?!$)/g, '\n');
      for (let end = text.indexOf('\n\n'); end >= 0; end = text.indexOf('\n\n')) {
        const event = parseEvent(text.slice(0, end));
        text = text.slice(end + 2);
        if (event !== undefined) yield event;
      }
      if (piece.done) return;
      if (text.length > MAX_EVENT_CHARS) throw notUnderstood();
    }
  } finally {
    await reader.cancel().catch(() => undefined);
  }
}

function parseEvent(block: string): StreamEvent | undefined {
  let name = 'message';
  let id: string | undefined;
  const data: string[] = [];
  for (const line of block.split('\n')) {
    const [, field = '', value = ''] = /^([^:]*):? ?(.*)$/s.exec(line) ?? [];
    if (field === 'event') name = value;
    if (field === 'data') data.push(value);
    if (field === 'id') id = value;
  }
  if (data.length === 0) return undefined;
  return { name, data: data.join('\n'), ...(id === undefined ? {} : { id }) };
}

async function readWithin(
  reader: ReadableStreamDefaultReader<Uint8Array>,
  maxSilenceMs: number,
): Promise<Piece | undefined> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const silence = new Promise<undefined>((resolve) => {
    timer = setTimeout(() => resolve(undefined), maxSilenceMs);
  });
  try {
    return await Promise.race([reader.read(), silence]);
  } finally {
    clearTimeout(timer);
  }
}
