import type { OpenApiDocument, WireSchema } from '@diorama/contract/openapi';
import { code, inlineHtml, termList } from './html.ts';
import { schemaWords } from './schema-words.ts';

/** The documents that answers hold, field by field. */
export function documentsHtml({ components: { schemas } }: OpenApiDocument): string {
  return Object.entries(schemas)
    .map(
      ([name, schema]) =>
        `<section class="operation" id="document-${name}"><h3><a href="#document-${name}">${name}</a></h3>${fieldsHtml(schema)}</section>`,
    )
    .join('\n');
}

function fieldsHtml(schema: WireSchema): string {
  const { properties = {}, required = [] } = schema;
  const terms = Object.entries(properties).map(([name, value]) => {
    if (typeof value === 'boolean') return [code(name), 'anything'] as const;
    const optional = required.includes(name) ? '' : ', may be absent';
    const { description = '' } = value;
    const words = `<span class="values">${schemaWords(value)}${optional}</span>`;
    return [code(name), `${words} ${inlineHtml(description)}${innerHtml(value)}`] as const;
  });
  return terms.length === 0 ? '' : termList(terms);
}

/** Fields of what a field holds: an object, a list of objects, or a map to objects. */
function innerHtml(schema: WireSchema): string {
  const { items, additionalProperties, oneOf, anyOf } = schema;
  const inner = [schema, items, additionalProperties, ...(oneOf ?? anyOf ?? [])].flat();
  return inner.map((one) => (typeof one === 'object' ? fieldsHtml(one) : '')).join('');
}
