import { PROBLEMS } from '@diorama/contract';
import type { FastifyInstance } from 'fastify';
import { PUBLIC } from '../public-routes.ts';

/** `GET /docs/errors`: where the `type` of a problem points to, one row for each code. */
export function addErrorsPage(app: FastifyInstance): void {
  const rows = Object.entries(PROBLEMS).map(
    ([code, { status, title, exitCode, retryable }]) =>
      `<tr id="${code.toLowerCase()}"><td><code>${code}</code></td><td>${title}</td>` +
      `<td>${status}</td><td>${exitCode}</td><td>${retryable ? 'yes' : 'no'}</td></tr>`,
  );
  const page = `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>Errors of Diorama</title>
<link rel="icon" href="/icon.svg">
<link rel="stylesheet" href="/page.css">
<main class="document">
<h1>Errors</h1>
<p>Every refusal is an <code>application/problem+json</code> document with one of these codes.</p>
<div class="scroll"><table>
<thead><tr><th>Code</th><th>Meaning</th><th>HTTP</th><th>Exit code</th><th>Try again</th></tr></thead>
<tbody>
${rows.join('\n')}
</tbody>
</table></div>
</main>
</html>
`;
  app.get('/docs/errors', { config: PUBLIC }, async (_request, reply) =>
    reply.type('text/html; charset=utf-8').header('cache-control', 'no-cache').send(page),
  );
}
