import { DioramaError } from '@diorama/core';
import type { FileFormat } from './export-order.ts';
import { mediaTypeOf } from './file-format.ts';

/** A browser begins to read a download soon; later its address is of no use. */
const ADDRESS_KEPT_MS = 60_000;

/** Saves a file as a download, under a name. */
export function downloadFile(blob: Blob, name: string): void {
  const address = URL.createObjectURL(blob);
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), ADDRESS_KEPT_MS);
}

interface SavePicker {
  showSaveFilePicker(options: {
    readonly suggestedName: string;
    readonly types: readonly { readonly accept: Readonly<Record<string, readonly string[]>> }[];
  }): Promise<FileSystemFileHandle>;
}

/** Whether a person can choose where a file goes before it is made. */
export function canChoosePlace(): boolean {
  return 'showSaveFilePicker' in window;
}

/**
 * Asks where a file is to be written; nothing if the person thinks better of it. Only in answer to a click.
 * @throws DioramaError `OUTPUT_UNWRITABLE`
 */
export async function choosePlace(
  name: string,
  format: FileFormat,
): Promise<FileSystemFileHandle | undefined> {
  const picker = window as unknown as SavePicker; // not in every browser: canChoosePlace
  const ending = name.slice(name.lastIndexOf('.'));
  try {
    return await picker.showSaveFilePicker({
      suggestedName: name,
      types: [{ accept: { [mediaTypeOf(format)]: [ending] } }],
    });
  } catch (cause) {
    if (cause instanceof DOMException && cause.name === 'AbortError') return undefined;
    throw new DioramaError('OUTPUT_UNWRITABLE', 'This page may not write there.', { cause });
  }
}

/** Takes away the empty file that a browser makes where one was to be written and was not. */
export async function removeEmpty(handle: FileSystemFileHandle): Promise<void> {
  try {
    const { size } = await handle.getFile();
    const removable = handle as FileSystemFileHandle & { remove?: () => Promise<void> }; // Chromium has it
    if (size === 0) await removable.remove?.();
  } catch {
    // It is gone already, or may not be touched.
  }
}

/** Whether this device has a sheet to send such a file with; on computers a download is what people look for. */
export function canShare(name: string, format: FileFormat): boolean {
  if (!matchMedia('(pointer: coarse)').matches || !navigator.canShare) return false;
  return navigator.canShare({ files: [new File([], name, { type: mediaTypeOf(format) })] });
}

/**
 * Opens the device's own sheet for a file; whether it was sent. Only in answer to a click.
 * @throws DioramaError `OUTPUT_UNWRITABLE`
 */
export async function shareFile(blob: Blob, name: string): Promise<boolean> {
  try {
    await navigator.share({ files: [new File([blob], name, { type: blob.type })] });
    return true;
  } catch (cause) {
    if (cause instanceof DOMException && cause.name === 'AbortError') return false;
    throw new DioramaError('OUTPUT_UNWRITABLE', 'This device did not take the file.', { cause });
  }
}

/** Whether pictures can be put on the clipboard. */
export function canCopyPicture(): boolean {
  return 'ClipboardItem' in window && navigator.clipboard !== undefined;
}

/**
 * Puts a PNG that is still being made on the clipboard. To be called in answer to a click, before anything is waited for.
 * @throws DioramaError `OUTPUT_UNWRITABLE`, or what the making throws
 */
export async function copyPicture(making: Promise<Blob>): Promise<void> {
  try {
    await navigator.clipboard.write([new ClipboardItem({ 'image/png': making })]);
  } catch (cause) {
    // Where the making failed, its own words are the better ones.
    await making;
    throw new DioramaError('OUTPUT_UNWRITABLE', 'This page may not write to the clipboard.', {
      cause,
    });
  }
}
