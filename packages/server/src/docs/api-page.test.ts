import { buildOpenApi } from '@diorama/contract/openapi';
import { describe, expect, it } from 'vitest';
import { apiPage } from './api-page.ts';
import { escapeHtml, inlineHtml } from './html.ts';

const document = buildOpenApi();
const page = apiPage(document);
const ids = [...page.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id);

describe('the page of the API', () => {
  it('has every operation with its address, each option and each line for curl', () => {
    for (const [path, item] of Object.entries(document.paths)) {
      for (const [method, operation] of Object.entries(item)) {
        const from = page.indexOf(`<section class="operation" id="${operation.operationId}"`);
        const section = page.slice(from, page.indexOf('</section>', from));
        expect(from, operation.operationId).toBeGreaterThan(0);
        expect(section).toContain(`${method.toUpperCase()}</span> <code>${path}</code>`);
        for (const parameter of operation.parameters ?? []) {
          const name = '$ref' in parameter ? '' : parameter.name;
          expect(section).toContain(`<dt><code>${name}`);
        }
        for (const { source } of operation['x-codeSamples'] ?? []) {
          expect(section).toContain(`<code>${escapeHtml(source)}</code>`);
        }
      }
    }
  });

  it('links to what is there, once', () => {
    expect(new Set(ids).size).toBe(ids.length);
    const links = [...page.matchAll(/ href="#([^"]+)"/g)].map(([, id]) => id);
    expect(links.length).toBeGreaterThan(document.tags.length);
    expect(ids).toEqual(expect.arrayContaining(links));
  });

  it('loads nothing from elsewhere, and runs nothing', () => {
    const loaded = [...page.matchAll(/ (?:src|href)="([^"]+)"/g)].map(([, url = '']) => url);
    for (const url of loaded) expect(url).toMatch(/^[/#]/);
    expect(page).not.toMatch(/<script|<style| style=| on[a-z]+=/);
  });
});

describe('inlineHtml', () => {
  it('reads code and links of this server, and shows all else as it is', () => {
    expect(inlineHtml('`a<b` [here](/docs/errors) [there](https://x.example) <i>')).toBe(
      '<code>a&lt;b</code> <a href="/docs/errors">here</a> [there](https://x.example) &lt;i&gt;',
    );
  });
});
