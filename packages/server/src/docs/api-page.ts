import { OPERATION_METHODS, type OpenApiDocument } from '@diorama/contract/openapi';
import { escapeHtml, inlineHtml } from './html.ts';
import { documentPage } from './layout.ts';
import { operationHtml, type PlacedOperation } from './operation-html.ts';
import { documentsHtml } from './schema-html.ts';

/** The whole document as one page of HTML, in the order of its tags. */
export function apiPage(document: OpenApiDocument): string {
  const { info, tags, components } = document;
  const groups = tags.map((tag) => ({
    ...tag,
    id: tag.name.toLowerCase(),
    placed: operationsOf(document).filter(({ operation }) => operation.tags.includes(tag.name)),
  }));
  const sections = groups.map(
    ({ id, name, description, placed }) =>
      `<section id="${id}"><h2>${escapeHtml(name)}</h2><p>${inlineHtml(description)}</p>\n${placed
        .map((one) => operationHtml(document, one))
        .join('\n')}</section>`,
  );
  const links = groups.map(
    ({ id, name, placed }) =>
      `<li><a href="#${id}">${escapeHtml(name)}</a><ul>${placed.map(linkTo).join('')}</ul></li>`,
  );
  const names = Object.keys(components.schemas).map(
    (name) => `<li><a href="#document-${name}">${name}</a></li>`,
  );
  links.push(`<li><a href="#documents">Documents</a><ul>${names.join('')}</ul></li>`);
  return documentPage({
    title: `API of ${info.title}`,
    url: '/docs',
    navigation: `<nav class="contents" aria-label="Contents"><ul>${links.join('')}</ul></nav>\n`,
    body: `<h1>API</h1>
<p class="lead">${inlineHtml(info.summary)} ${inlineHtml(info.description)}</p>
<p>Where the server has API keys, send one as <code>X-Api-Key: …</code> or as <code>Authorization: Bearer …</code>. Every line for curl works as it is printed, with a <code>photo.jpg</code> in the current folder.</p>
${sections.join('\n')}
<section id="documents"><h2>Documents</h2><p>What JSON answers hold.</p>
${documentsHtml(document)}</section>`,
  });
}

function operationsOf({ paths }: OpenApiDocument): PlacedOperation[] {
  return Object.entries(paths).flatMap(([path, item]) =>
    OPERATION_METHODS.flatMap((method) => {
      const operation = item[method];
      return operation === undefined ? [] : [{ path, method, operation }];
    }),
  );
}

function linkTo({ operation: { operationId, summary } }: PlacedOperation): string {
  return `<li><a href="#${operationId}">${inlineHtml(summary)}</a></li>`;
}
