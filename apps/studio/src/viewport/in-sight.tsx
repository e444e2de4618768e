import type { ReactNode } from 'react';
import style from './in-sight.module.css';
import { partInSight } from './view-geometry.ts';
import { useCameraView } from './viewport-context.ts';

/** A box over what is in sight of the photo, for what must not be moved out of it. It lets pointers through. */
export function InSight({ children }: { readonly children: ReactNode }) {
  const { left, top, width, height } = partInSight(useCameraView().view);
  const percent = (share: number) => `${share * 100}%`;
  return (
    <div
      className={style['sight']}
      style={{
        left: percent(left),
        top: percent(top),
        width: percent(width),
        height: percent(height),
      }}
    >
      {children}
    </div>
  );
}
