import type { Point } from '@diorama/contract';
import { useViewport } from '../../../viewport/index.ts';
import style from './focus-ring.module.css';
import { gripListeners } from './grip.ts';

interface FocusRingProps {
  readonly at: Point;
  readonly onMove: (at: Point) => void;
  readonly onSettle: () => void;
}

/** Share of a side that an arrow key moves the ring by, and with Shift. */
const STEP = 0.02;
const LARGE_STEP = 0.1;
const KEY_STEPS: Readonly<Record<string, Point>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};

/** The place that is sharp: dragged, moved by the arrow keys, or put elsewhere by a tap on the photo. */
export function FocusRing({ at, onMove, onSettle }: FocusRingProps) {
  const { toPoint } = useViewport();
  const [x, y] = at;
  return (
    <button
      type="button"
      className={style['ring']}
      aria-label={`Sharp place, ${Math.round(x * 100)} % across and ${Math.round(y * 100)} % down`}
      aria-keyshortcuts="ArrowLeft ArrowRight ArrowUp ArrowDown"
      style={{ left: `${x * 100}%`, top: `${y * 100}%` }}
      {...gripListeners({
        onDrag: (event) => onMove(inside(toPoint(event))),
        onKey: ({ key, shiftKey }) => {
          const step = KEY_STEPS[key];
          const far = shiftKey ? LARGE_STEP : STEP;
          if (step) onMove(inside([x + step[0] * far, y + step[1] * far]));
          return step !== undefined;
        },
        onSettle,
      })}
    />
  );
}

function inside([x, y]: Point): Point {
  return [Math.min(1, Math.max(0, x)), Math.min(1, Math.max(0, y))];
}
