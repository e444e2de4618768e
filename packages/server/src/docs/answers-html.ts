import { PROBLEMS } from '@diorama/contract';
import type { Answer, OpenApiDocument, Operation, WireSchema } from '@diorama/contract/openapi';
import { code, inlineHtml, termList } from './html.ts';
import { resolve } from './resolve.ts';
import { schemaWords } from './schema-words.ts';

type Answers = Operation['responses'];

/** Answers of an operation that are no refusals: types and headers of each. */
export function answersHtml(document: OpenApiDocument, answers: Answers): string {
  const parts = entriesOf(document, answers)
    .filter(([status]) => status < 400)
    .map(
      ([status, answer]) =>
        `<p><span class="http-status">${status}</span> ${inlineHtml(answer.description)}</p>` +
        contentHtml(answer) +
        headersHtml(document, answer),
    );
  return `<h4>Answers</h4>${parts.join('')}`;
}

/** Refusals of an operation: the codes of each status, each with a link to what it means. */
export function refusalsHtml(document: OpenApiDocument, answers: Answers): string {
  const terms = entriesOf(document, answers)
    .filter(([status]) => status >= 400)
    .map(([status, { description }]) => {
      const links = description.replace(/`([A-Z_]+)`: ([^.`]+)\./g, linkToProblem);
      const words = links === description ? inlineHtml(description) : links;
      return [`<span class="http-status">${status}</span>`, words] as const;
    });
  if (terms.length === 0) return '';
  return `<details><summary>Refusals</summary>${termList(terms)}</details>`;
}

function linkToProblem(_all: string, name: string, title: string): string {
  if (!Object.hasOwn(PROBLEMS, name)) return inlineHtml(title);
  return `<a href="/docs/errors#${name.toLowerCase()}"><code>${name}</code></a> `;
}

function entriesOf(document: OpenApiDocument, answers: Answers): (readonly [number, Answer])[] {
  return Object.entries(answers).map(([status, answer]) => [
    Number(status),
    resolve(document.components.responses, answer),
  ]);
}

function contentHtml({ content = {} }: Answer): string {
  const terms = Object.entries(content).map(
    ([type, { schema = {} }]) =>
      [code(type), `${schemaWords(schema)}${fieldNames(schema)}`] as const,
  );
  return terms.length === 0 ? '' : termList(terms);
}

/** The fields of an object that is no document of its own. */
function fieldNames({ properties }: WireSchema): string {
  return properties === undefined ? '' : ` with ${Object.keys(properties).map(code).join(', ')}`;
}

function headersHtml(document: OpenApiDocument, { headers = {} }: Answer): string {
  const terms = Object.entries(headers).map(([name, value]) => {
    const { description } = resolve(document.components.headers, value);
    return [code(name), inlineHtml(description)] as const;
  });
  if (terms.length === 0) return '';
  return `<details><summary>Headers of the answer</summary>${termList(terms)}</details>`;
}
