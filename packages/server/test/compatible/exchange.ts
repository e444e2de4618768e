import { readFileSync } from 'node:fs';
import { formBody } from '../bodies.ts';
import type { Material } from './material.ts';

type Values = Readonly<Record<string, unknown>>;

/** A request as its service's documentation has it. `@name` stands for material: `@photo`, `@photo:base64`, `@address:photo`. */
export interface RecordedRequest {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  /** A multipart form. */
  readonly form?: Values;
  readonly json?: Values;
  readonly urlencoded?: Values;
  readonly raw?: string;
  readonly query?: Values;
}

/** What a picture must be. */
export interface RecordedPicture {
  readonly format: string;
  readonly width?: number;
  readonly height?: number;
  readonly channels?: number;
  /** A route of Diorama's own that answers the same pixels to the same photo. */
  readonly like?: string;
  /** The samples at the corner and in the subject's middle; `photo` is the photo's own colour there. */
  readonly pixels?: Readonly<Record<'corner' | 'middle', readonly number[] | 'photo' | 'opaque'>>;
  /** Where the subject stands (0 left or top, 1 right or bottom) and its size as a share of the room. */
  readonly box?: readonly [x: number, y: number, scale: number];
}

export interface RecordedAnswer {
  readonly status: number;
  /** As it is, by a pattern after `~`, `foreground+N`, or null where there must be none. */
  readonly headers: Readonly<Record<string, string | null>>;
  readonly json?: unknown;
  readonly picture?: RecordedPicture;
  readonly zip?: Readonly<Record<string, RecordedPicture>>;
}

export interface Exchange {
  readonly what: string;
  readonly request: RecordedRequest;
  readonly answer: RecordedAnswer;
}

/** The exchanges of one file of recordings. */
export function readRecording(name: string): readonly Exchange[] {
  const text = readFileSync(new URL(`./recorded/${name}.json`, import.meta.url), 'utf8');
  return (JSON.parse(text) as { exchanges: Exchange[] }).exchanges;
}

/** The same request as Fastify's inject takes it. */
export function asInjection(request: RecordedRequest, material: Material, host: string) {
  const { method, path, headers, form, json, urlencoded, raw, query } = request;
  const text = (value: unknown) => textOf(value, material, host);
  const entries = (values: Values): [string, string][] =>
    Object.entries(values).map(([name, value]) => [name, String(text(value))]);
  const url = query ? `${path}?${new URLSearchParams(entries(query))}` : path;
  if (form) {
    const parts = Object.entries(form).map(([name, value]) => {
      const file = typeof value === 'string' ? material.get(value.slice(1)) : undefined;
      return file && String(value).startsWith('@')
        ? { name, fileName: 'a.jpg', type: 'image/jpeg', bytes: file }
        : { name, bytes: Buffer.from(String(text(value))) };
    });
    const { headers: formHeaders, body } = formBody(parts);
    return { method, url, headers: { ...headers, ...formHeaders }, payload: body };
  }
  const typed = (type: string) => ({ ...headers, 'content-type': type });
  if (json) {
    const values = Object.entries(json).map(([name, value]) => [name, text(value)]);
    const payload = JSON.stringify(Object.fromEntries(values));
    return { method, url, headers: typed('application/json'), payload };
  }
  if (urlencoded) {
    const payload = String(new URLSearchParams(entries(urlencoded)));
    return { method, url, headers: typed('application/x-www-form-urlencoded'), payload };
  }
  const payload = raw === undefined ? undefined : material.get(raw.slice(1));
  return { method, url, headers: { ...headers }, ...(payload ? { payload } : {}) };
}

function textOf(value: unknown, material: Material, host: string): unknown {
  const [, name = '', form] = /^@(\w+):([\w-]+)$/.exec(String(value)) ?? [];
  if (name === 'address') return `http://${host}/${form}`;
  const base64 = material.get(name)?.toString('base64');
  if (form === 'base64') return base64;
  return form === 'data-url' ? `data:image/jpeg;base64,${base64}` : value;
}
