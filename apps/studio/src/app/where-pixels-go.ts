import { sizeInWords } from '../engine/size-in-words.ts';
import type { StudioState } from '../engine/state.ts';

type Known = Pick<StudioState, 'mode' | 'photo' | 'progress' | 'machine' | 'sent'>;

/** Where the pixels of the photo go, or went: one line that is true in every mode and state. */
export function wherePixelsGo(
  { mode, photo, progress, machine, sent }: Known,
  host: string,
): string {
  if (sent?.what === 'file') {
    const why = `since this browser does not open ${sent.type}`;
    return `The whole file ${progress ? 'goes' : 'went'} to ${host}, ${why}, and is forgotten there.`;
  }
  if (sent) {
    const copy = `a copy of ${sizeInWords(sent.size)} pixels`;
    if (mode === 'device') {
      return `Earlier ${copy} went to ${host} and was forgotten. Now nothing leaves this device.`;
    }
    return `${large(copy)} ${progress ? 'goes' : 'went'} to ${host} and is forgotten there.`;
  }
  if (mode === 'device') {
    return photo
      ? 'This photo stays on this device. Nothing was sent.'
      : 'Photos stay on this device. Nothing is sent.';
  }
  const size = machine ? sizeInWords(machine.picture) : 'a few hundred';
  const copy = `A copy of about ${size} pixels goes to ${host} and is forgotten there.`;
  return photo || progress
    ? copy
    : `${copy} A file that this browser cannot open goes there whole.`;
}

function large(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
