import { type ReactNode, type RefObject, useEffect } from 'react';
import style from './dialog.module.css';

interface DialogProps {
  /** What it is about. */
  readonly label: string;
  readonly className?: string | undefined;
  /** Closes it by its own `close`, which gives the focus back to where it was. */
  readonly ref: RefObject<HTMLDialogElement | null>;
  readonly onClose: () => void;
  readonly children: ReactNode;
}

/** Something before the page, open as long as the component is there; Escape closes it. */
export function Dialog({ label, className, ref, onClose, children }: DialogProps) {
  useEffect(() => ref.current?.showModal(), [ref]);
  return (
    <dialog
      ref={ref}
      className={[style['dialog'], className].filter(Boolean).join(' ')}
      aria-label={label}
      onClose={onClose}
    >
      {children}
    </dialog>
  );
}
