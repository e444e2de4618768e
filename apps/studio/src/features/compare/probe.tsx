import type { Point } from '@diorama/contract';
import type { KeyboardEvent } from 'react';
import { useCompare, type ViewName } from './compare-store.ts';
import style from './probe.module.css';

/** Of the photo's side, for one press of an arrow. */
const STEP = 0.01;
const FAR_STEP = 0.1;
/** Where keys begin: beside the middle, where the divider's handle would lie over it. */
const FIRST: Point = [0.4, 0.4];
/** The last place that is still in the photo. */
const LAST = 1 - 1e-6;

interface ProbeProps {
  /** Of two views, in which one it is; one takes keys, both show where the other one is pointed at. */
  readonly of?: ViewName;
}

/** The place that is read. Without a pointer: come here by the Tab key, and move it by arrows. */
export function Probe({ of = 'photo' }: ProbeProps) {
  const [hover] = useCompare(({ hover, hoverIn }) => (hoverIn === of ? undefined : hover));
  const [pinned, set] = useCompare((settings) => settings.pinned);
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Escape' && pinned) set({ pinned: undefined });
    else {
      const moved = movedBy(event, pinned ?? FIRST);
      if (!moved) return;
      set({ pinned: moved, hover: undefined });
    }
    event.preventDefault();
    event.stopPropagation();
  };
  const shown = hover ?? pinned;
  const [x, y] = shown ?? FIRST;
  const place = { left: `${x * 100}%`, top: `${y * 100}%` };
  if (of === 'layer') return shown && <span className={style['probe']} style={place} />;
  return (
    <button
      type="button"
      className={shown ? style['probe'] : `${style['probe']} ${style['resting']}`}
      style={place}
      aria-label="Place to read: arrows move it"
      aria-describedby="compare-reading"
      aria-keyshortcuts="ArrowLeft ArrowRight ArrowUp ArrowDown Escape"
      onFocus={(event) => {
        if (!pinned && event.currentTarget.matches(':focus-visible')) set({ pinned: FIRST });
      }}
      onKeyDown={onKeyDown}
    />
  );
}

function movedBy({ key, shiftKey }: KeyboardEvent, [x, y]: Point): Point | undefined {
  const step = shiftKey ? FAR_STEP : STEP;
  const held = (share: number) => Math.min(LAST, Math.max(0, share));
  if (key === 'ArrowLeft') return [held(x - step), y];
  if (key === 'ArrowRight') return [held(x + step), y];
  if (key === 'ArrowUp') return [x, held(y - step)];
  if (key === 'ArrowDown') return [x, held(y + step)];
  return undefined;
}
