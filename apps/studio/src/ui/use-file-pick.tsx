import { type ReactNode, useCallback, useRef } from 'react';

interface FilePick {
  /** Asks the person for a file. */
  readonly pick: () => void;
  /** Belongs anywhere into the page; nobody sees it. */
  readonly input: ReactNode;
}

interface FilePickOptions {
  /** What is asked for, such as `Recipe file`. */
  readonly label: string;
  readonly accept: string;
  readonly onFile: (file: File) => void;
  readonly id?: string;
  /** Phones ask for a new photo, by the camera on this side. */
  readonly capture?: 'environment';
}

/** The browser's own way to choose a file, behind a button of ours. The same file may be chosen again. */
export function useFilePick({ label, onFile, ...rest }: FilePickOptions): FilePick {
  const input = useRef<HTMLInputElement>(null);
  const pick = useCallback(() => input.current?.click(), []);
  return {
    pick,
    input: (
      <input
        {...rest}
        ref={input}
        hidden
        type="file"
        aria-label={label}
        onChange={(event) => {
          const [file] = event.currentTarget.files ?? [];
          event.currentTarget.value = '';
          if (file) onFile(file);
        }}
      />
    ),
  };
}
