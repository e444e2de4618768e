/**
 * Whether what has the focus came to it by keys: arrow keys go through radio buttons one by one, and what a press may
 * do at once, such as asking for a file, would stand in their way.
 */
export function isFocusByKeys(): boolean {
  return document.activeElement?.matches(':focus-visible') === true;
}
