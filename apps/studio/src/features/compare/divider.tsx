import { type PointerEvent, useRef } from 'react';
import { InSight, partInSight, useCameraView, useViewport } from '../../viewport/index.ts';
import { useCompare } from './compare-store.ts';
import style from './divider.module.css';
import { dividerByKey } from './divider-keys.ts';

/** The line between photo and layer, to be drawn or moved by keys. It never leaves what is in sight. */
export function Divider({ isDown }: { readonly isDown: boolean }) {
  const [divider, set] = useCompare((settings) => settings.divider);
  const { toPoint } = useViewport();
  const { view } = useCameraView();
  /** How far from the line it was taken hold of. */
  const grip = useRef<number>(undefined);
  const sight = partInSight(view);
  const from = isDown ? sight.top : sight.left;
  const length = isDown ? sight.height : sight.width;
  const share = length > 0 ? Math.min(1, Math.max(0, (divider - from) / length)) : 0;
  const moveTo = (to: number) => set({ divider: from + length * Math.min(1, Math.max(0, to)) });
  const shareAt = (event: PointerEvent) => (toPoint(event)[isDown ? 1 : 0] - from) / length;
  const letGo = () => {
    grip.current = undefined;
  };
  const percent = Math.round((from + length * share) * 100);
  return (
    <InSight>
      <div
        role="slider"
        tabIndex={0}
        aria-label="Divider"
        aria-orientation={isDown ? 'vertical' : 'horizontal'}
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuenow={percent}
        aria-valuetext={`${percent} % photo`}
        className={`${style['divider']} ${style[isDown ? 'down' : 'across']}`}
        style={{ [isDown ? 'top' : 'left']: `${share * 100}%` }}
        onKeyDown={(event) => {
          const to = dividerByKey(event, share, isDown);
          if (to === undefined) return;
          event.preventDefault();
          event.stopPropagation();
          moveTo(to);
        }}
        onDoubleClick={(event) => {
          event.stopPropagation();
          moveTo(0.5);
        }}
        onPointerDown={(event) => {
          if (event.button !== 0 || !event.isPrimary) return;
          event.stopPropagation();
          event.currentTarget.setPointerCapture(event.pointerId);
          grip.current = share - shareAt(event);
        }}
        onPointerMove={(event) => {
          if (grip.current === undefined) return;
          event.stopPropagation();
          moveTo(shareAt(event) + grip.current);
        }}
        onPointerUp={letGo}
        onPointerCancel={letGo}
      >
        <span className={style['grip']} />
      </div>
    </InSight>
  );
}
