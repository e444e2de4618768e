import type { WireSchema } from '@diorama/contract/openapi';
import { code, escapeHtml } from './html.ts';

const SCHEMA_PREFIX = '#/components/schemas/';

/** What a value can be, in a few words of HTML. */
export function schemaWords(schema: WireSchema): string {
  const { $ref, anyOf, allOf } = schema;
  if ($ref !== undefined) return documentLink($ref);
  if (anyOf !== undefined) return anyOf.map(wordsOf).join(' or ');
  if (allOf !== undefined) return wordsOf(allOf[0] ?? {});
  if (schema.const !== undefined) return code(String(schema.const));
  if (schema.enum !== undefined) return schema.enum.map((value) => code(String(value))).join(', ');
  return typeWords(schema);
}

/** A link to where one of the documents of the service is described. */
export function documentLink($ref: string): string {
  const name = escapeHtml($ref.replace(SCHEMA_PREFIX, ''));
  return `<a href="#document-${name}">${name}</a>`;
}

function wordsOf(schema: WireSchema | boolean): string {
  return typeof schema === 'boolean' ? 'anything' : schemaWords(schema);
}

function typeWords(schema: WireSchema): string {
  const { type, format, examples = [] } = schema;
  if (type === 'integer') return `whole number${rangeWords(schema)}`;
  if (type === 'number') return `number${rangeWords(schema)}`;
  if (type === 'boolean') return `${code('true')} or ${code('false')}`;
  if (type === 'array') return `list: ${itemWords(schema)}`;
  if (type === 'object') return 'object';
  if (type !== 'string') return 'anything';
  if (format === 'binary') return 'bytes';
  if (format === 'uri') return 'address';
  if (format === 'date-time') return 'time';
  // Not its pattern: people read examples, and machines read the document.
  const shown = examples.map((example) => code(String(example)));
  return shown.length === 0 ? 'text' : `text such as ${shown.join(' or ')}`;
}

function itemWords({ items }: WireSchema): string {
  const list = [items ?? {}].flat().map((item) => wordsOf(item));
  return [...new Set(list)].join(', ');
}

function rangeWords({ minimum, exclusiveMinimum, maximum }: WireSchema): string {
  if (minimum !== undefined && maximum !== undefined) return `, ${minimum} to ${maximum}`;
  if (minimum !== undefined) return `, ${minimum} or more`;
  return exclusiveMinimum === undefined ? '' : `, more than ${exclusiveMinimum}`;
}
