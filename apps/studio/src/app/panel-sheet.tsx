import { ChevronDown, ChevronUp } from 'lucide-react';
import { type CSSProperties, type PointerEvent, type ReactNode, useRef, useState } from 'react';
import style from './panel-sheet.module.css';
import { nextShare, settledShare } from './sheet-shares.ts';
import { useIsNarrow } from './use-is-narrow.ts';

interface PanelSheetProps {
  readonly label: string;
  readonly children: ReactNode;
}

/** Beside the view on wide pages; on phones a sheet under it, which is dragged or pressed smaller and larger. */
export function PanelSheet({ label, children }: PanelSheetProps) {
  const [share, setShare] = useState(0.38);
  const drag = useRef<{ readonly y: number; readonly share: number; hasMoved: boolean }>(undefined);
  const draggedShare = (event: PointerEvent) => {
    const from = drag.current;
    if (!from) return share;
    return from.share + (from.y - event.clientY) / window.innerHeight;
  };
  const isNarrow = useIsNarrow();
  const isSmall = share < 0.2;
  return (
    <aside
      className={style['panel']}
      aria-label={label}
      style={{ '--sheet': `${Math.max(0, share) * 100}dvh` } as CSSProperties} // a property of our own
    >
      <button
        type="button"
        className={style['handle']}
        aria-label={isSmall ? 'Larger panel' : 'Smaller panel'}
        aria-expanded={!isSmall}
        onPointerDown={(event) => {
          event.currentTarget.setPointerCapture(event.pointerId);
          drag.current = { y: event.clientY, share, hasMoved: false };
        }}
        onPointerMove={(event) => {
          if (!drag.current) return;
          if (Math.abs(event.clientY - drag.current.y) > 6) drag.current.hasMoved = true;
          if (drag.current.hasMoved) setShare(Math.min(0.75, Math.max(0, draggedShare(event))));
        }}
        onPointerUp={(event) => {
          if (drag.current?.hasMoved) setShare(settledShare(draggedShare(event)));
        }}
        onPointerCancel={() => {
          drag.current = undefined;
        }}
        onClick={() => {
          // The click that ends a drag is none.
          if (!drag.current?.hasMoved) setShare(nextShare(share));
          drag.current = undefined;
        }}
      >
        <span className={style['grip']} />
        {isSmall ? <ChevronUp size={18} /> : <ChevronDown size={18} />}
      </button>
      {/* What has no height cannot be seen, and is not to be reached by keys either. */}
      <div className={style['content']} inert={isNarrow && share === 0}>
        {children}
      </div>
    </aside>
  );
}
