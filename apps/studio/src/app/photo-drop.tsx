import {
  createContext,
  type ReactNode,
  use,
  useCallback,
  useEffect,
  useRef,
  useState,
} from 'react';
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
  const input = useRef<HTMLInputElement>(null);
  const [isOver, setIsOver] = useState(false);
  const take = useCallback(
    (files: FileList | null | undefined) => {
      const [file] = files ?? [];
      if (file) void studio.open(file);
    },
    [studio],
  );
  useEffect(() => {
    const onPaste = (event: ClipboardEvent) => take(event.clipboardData?.files);
    document.addEventListener('paste', onPaste);
    return () => document.removeEventListener('paste', onPaste);
  }, [take]);
  return (
    <PickContext value={() => input.current?.click()}>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: keyboards pick the photo by the button of the start */}
      <div
        onDragOver={(event) => {
          event.preventDefault();
          setIsOver(true);
        }}
        onDragLeave={(event) => {
          if (event.relatedTarget === null) setIsOver(false);
        }}
        onDrop={(event) => {
          event.preventDefault();
          setIsOver(false);
          take(event.dataTransfer.files);
        }}
      >
        {children}
        <input
          ref={input}
          id="photo-file"
          className="unseen"
          type="file"
          aria-label="Photo"
          tabIndex={-1}
          accept="image/*,.heic,.heif"
          onChange={(event) => {
            take(event.currentTarget.files);
            event.currentTarget.value = '';
          }}
        />
        {isOver && <div className={style['over']}>Drop it anywhere</div>}
      </div>
    </PickContext>
  );
}
