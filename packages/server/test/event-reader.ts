import { type JobDocument, jobDocumentSchema } from '@diorama/contract';

/** One server-sent event, with the comments and settings that came before it. */
export interface ReadEvent {
  readonly id: string | undefined;
  readonly name: string;
  readonly job: JobDocument;
}

/** The events of a `text/event-stream` answer, by the rules of the HTML standard, section 9.2.6, as far as they are used here. */
export async function* readEvents(answer: Response): AsyncGenerator<ReadEvent> {
  const text = answer.body?.pipeThrough(new TextDecoderStream());
  let rest = '';
  for await (const piece of text ?? []) {
    rest += piece;
    const blocks = rest.split('\n\n');
    rest = blocks.pop() ?? '';
    for (const block of blocks) {
      const fields = new Map<string, string>();
      for (const line of block.split('\n')) {
        const [, name = '', value = ''] = /^([^:]*): ?(.*)$/.exec(line) ?? [];
        fields.set(name, value);
      }
      const data = fields.get('data');
      if (data === undefined) continue;
      const job = jobDocumentSchema.parse(JSON.parse(data));
      yield { id: fields.get('id'), name: fields.get('event') ?? 'message', job };
    }
  }
}

/** All of them, until the stream ends. */
export async function allEvents(answer: Response): Promise<ReadEvent[]> {
  const events: ReadEvent[] = [];
  for await (const event of readEvents(answer)) events.push(event);
  return events;
}
