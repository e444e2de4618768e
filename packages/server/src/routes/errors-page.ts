import { PROBLEMS } from '@diorama/contract';
import type { FastifyInstance } from 'fastify';
import { addKeptRoute } from '../answers/kept-route.ts';
import { documentPage } from '../docs/layout.ts';

/** `GET /docs/errors`: where the `type` of a problem points to, one row for each code. */
export function addErrorsPage(app: FastifyInstance): void {
  const rows = Object.entries(PROBLEMS).map(
    ([code, { status, title, exitCode, retryable }]) =>
      `<tr id="${code.toLowerCase()}"><td><code>${code}</code></td><td>${title}</td>` +
      `<td>${status}</td><td>${exitCode}</td><td>${retryable ? 'yes' : 'no'}</td></tr>`,
  );
  const page = documentPage({
    title: 'Errors of Diorama',
    url: '/docs/errors',
    body: `<h1>Errors</h1>
<p class="lead">Every refusal is an <code>application/problem+json</code> document (<a href="/docs#document-Problem">Problem</a>) with one of these codes.</p>
<div class="scroll" tabindex="0"><table>
<thead><tr><th>Code</th><th>Meaning</th><th>HTTP</th><th>Exit code</th><th>Try again</th></tr></thead>
<tbody>
${rows.join('\n')}
</tbody>
</table></div>`,
  });
  const contentType = 'text/html; charset=utf-8';
  addKeptRoute(app, '/docs/errors', { bytes: Buffer.from(page), contentType });
}
