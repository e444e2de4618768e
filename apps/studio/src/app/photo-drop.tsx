import { createContext, type ReactNode, use, useCallback, useEffect, useState } from 'react';
import { useFilePick } from '../ui/use-file-pick.tsx';
import style from './photo-drop.module.css';
import { useStudio } from './studio-context.ts';

const PickContext = createContext<() => void>(() => undefined);

/** Asks the person for a photo. */
export function usePickPhoto(): () => void {
  return use(PickContext);
}

/** Takes photos that are dropped or pasted anywhere on the page, or picked. */
export function PhotoDrop({ children }: { readonly children: ReactNode }) {
  const studio = useStudio();
  const { pick, input } = useFilePick({
    id: 'photo-file',
    label: 'Photo',
    accept: 'image/*,.heic,.heif',
    onFile: (file) => void studio.open(file),
  });
  const take = useCallback(
    (files: FileList | undefined) => {
      const [file] = files ?? [];
      if (file) void studio.open(file);
    },
    [studio],
  );
  const isOver = useDroppedFiles(take);
  return (
    <PickContext value={pick}>
      {children}
      {input}
      {isOver && <div className={style['over']}>Drop it anywhere</div>}
    </PickContext>
  );
}

/** Hands on what is dropped on the page or pasted into it; whether something is being dragged over it now. */
function useDroppedFiles(take: (files: FileList | undefined) => void): boolean {
  const [isOver, setIsOver] = useState(false);
  useEffect(() => {
    const stop = new AbortController();
    const { signal } = stop;
    const hasFiles = (event: DragEvent) => event.dataTransfer?.types.includes('Files') === true;
    const onDrag = (event: DragEvent) => {
      if (!hasFiles(event)) return;
      event.preventDefault();
      setIsOver(true);
    };
    document.addEventListener('dragenter', onDrag, { signal });
    document.addEventListener('dragover', onDrag, { signal });
    document.addEventListener(
      'dragleave',
      (event) => {
        if (event.relatedTarget === null) setIsOver(false);
      },
      { signal },
    );
    document.addEventListener(
      'drop',
      (event) => {
        setIsOver(false);
        if (!hasFiles(event) || event.defaultPrevented) return;
        event.preventDefault();
        take(event.dataTransfer?.files);
      },
      { signal },
    );
    document.addEventListener('paste', (event) => take(event.clipboardData?.files), { signal });
    return () => stop.abort();
  }, [take]);
  return isOver;
}
