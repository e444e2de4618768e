import { escapeHtml } from './html.ts';

export interface DocumentPage {
  readonly title: string;
  /** Address of the page, to mark it among the links. */
  readonly url: string;
  /** HTML beside the text on a wide screen, above it on a narrow one. */
  readonly navigation?: string;
  /** HTML. */
  readonly body: string;
}

const LINKS = [
  ['/docs', 'API'],
  ['/docs/errors', 'Errors'],
  ['/openapi.json', 'OpenAPI'],
] as const;

/** A page of documentation as HTML. It loads nothing but the server's own styles, and runs nothing. */
export function documentPage({ title, url, navigation = '', body }: DocumentPage): string {
  const links = LINKS.map(([href, name]) => {
    const current = href === url ? ' aria-current="page"' : '';
    return `<a href="${href}"${current}>${name}</a>`;
  });
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${escapeHtml(title)}</title>
<link rel="icon" href="/docs-icon.svg">
<link rel="stylesheet" href="/docs-base.css">
<link rel="stylesheet" href="/docs.css">
</head>
<body class="docs">
<a class="skip" href="#text">Skip to the text</a>
<header>
<a class="home" href="/"><img src="/docs-icon.svg" width="32" height="32" alt=""><span>Diorama</span></a>
<nav aria-label="Documents">${links.join('')}</nav>
</header>
${navigation}<main id="text" class="document" tabindex="-1">
${body}
</main>
</body>
</html>
`;
}
