/** Has the browser save a text as a JSON file. */
export function saveText(text: string, name: string): void {
  const url = URL.createObjectURL(new Blob([text], { type: 'application/json' }));
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  // The browser has begun to read it when the next task runs; some need a moment longer.
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}
