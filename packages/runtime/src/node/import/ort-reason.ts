/** The last, telling line of what ONNX Runtime threw, without places in its sources. */
export function ortReason(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  const line = text.split('\n').findLast((each) => each.trim() !== '') ?? text;
  return line
    .replace(/^.*was false\. /, '')
    .replace(/(^|\s)\/\S+:\d+ (\S+ )?/, '$1')
    .trim()
    .replace(/\.$/, '');
}
