/**
 * Gives the focus to the last button of the list's next row, or of the one before: what has it now is about to go, and who
 * works by keys stays in the list.
 */
export function focusBeside(button: HTMLElement): void {
  const row = button.closest('li');
  const beside = row?.nextElementSibling ?? row?.previousElementSibling;
  beside?.querySelector<HTMLElement>('button:last-of-type')?.focus();
}
