import type { OpenApiDocument, Operation, OperationMethod } from '@diorama/contract/openapi';
import { answersHtml, refusalsHtml } from './answers-html.ts';
import { code, escapeHtml, inlineHtml, termList } from './html.ts';
import { resolve } from './resolve.ts';
import { schemaWords } from './schema-words.ts';

/** One operation with where it is. */
export interface PlacedOperation {
  readonly path: string;
  readonly method: OperationMethod;
  readonly operation: Operation;
}

const PLACES = {
  path: 'In the address',
  query: 'Options in the query',
  header: 'Headers',
} as const;

/** One operation: what it does, a line that calls it, what it takes, answers and refuses. */
export function operationHtml(document: OpenApiDocument, placed: PlacedOperation): string {
  const { path, method, operation } = placed;
  const { operationId, summary, description, responses } = operation;
  return `<section class="operation" id="${operationId}" aria-labelledby="${operationId}-title">
<h3 id="${operationId}-title"><a href="#${operationId}">${inlineHtml(summary)}</a></h3>
<p class="address"><span class="method">${method.toUpperCase()}</span> ${code(path)}</p>
${description === undefined ? '' : `<p>${inlineHtml(description)}</p>`}
${samplesHtml(operation)}
${parametersHtml(document, operation)}
${bodyHtml(document, operation)}
${answersHtml(document, responses)}
${refusalsHtml(document, responses)}
</section>`;
}

function samplesHtml({ 'x-codeSamples': samples = [] }: Operation): string {
  return samples.map(({ source }) => `<pre><code>${escapeHtml(source)}</code></pre>`).join('');
}

function parametersHtml(document: OpenApiDocument, { parameters = [] }: Operation): string {
  const all = parameters.map((one) => resolve(document.components.parameters, one));
  return (['path', 'query', 'header'] as const)
    .map((place) => {
      const terms = all
        .filter((one) => one.in === place)
        .map(({ name, schema, description }) => {
          const values = `<span class="values">${schemaWords(schema)}</span>`;
          return [code(name), `${values} ${inlineHtml(description)}`] as const;
        });
      return terms.length === 0 ? '' : `<h4>${PLACES[place]}</h4>${termList(terms)}`;
    })
    .join('');
}

function bodyHtml(document: OpenApiDocument, { requestBody }: Operation): string {
  if (requestBody === undefined) return '';
  const { description, content } = resolve(document.components.requestBodies, requestBody);
  const terms = Object.entries(content).map(([type, { schema }]) => {
    const fields = Object.keys(schema?.properties ?? {}).map(code);
    return [code(type), fields.length === 0 ? 'bytes' : `fields ${fields.join(', ')}`] as const;
  });
  return `<h4>Body</h4><p>${inlineHtml(description)}</p>${termList(terms)}`;
}
