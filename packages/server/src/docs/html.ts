const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** A text as it may stand in HTML, also inside of an attribute. */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => ENTITIES[character] ?? '');
}

/** A text in a fixed-width font. */
export function code(text: string): string {
  return `<code>${escapeHtml(text)}</code>`;
}

/** A line of a description: `code` and [links](/address) of CommonMark, all else as it is. */
export function inlineHtml(markdown: string): string {
  return escapeHtml(markdown)
    .replace(/`([^`]+)`/g, '<code>$1</code>')
    .replace(/\[([^\]]+)\]\((\/[a-z/#_.]*)\)/g, '<a href="$2">$1</a>');
}

/** A list of terms and what they mean, each already HTML. */
export function termList(terms: readonly (readonly [term: string, meaning: string])[]): string {
  const rows = terms.map(([term, meaning]) => `<div><dt>${term}</dt><dd>${meaning}</dd></div>`);
  return `<dl class="terms">${rows.join('')}</dl>`;
}
