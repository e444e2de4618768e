import {
  type LightDirection,
  lightAfterKey,
  lightAtPlace,
  lightInWords,
  placeOfLight,
} from '../../../engine/effects/light-direction.ts';
import { useViewport } from '../../../viewport/index.ts';
import { gripListeners } from './grip.ts';
import style from './lamp.module.css';

interface LampProps {
  readonly direction: LightDirection;
  /** Of the photo, width over height. */
  readonly aspect: number;
  readonly colour: string;
  readonly onMove: (direction: LightDirection) => void;
  readonly onSettle: () => void;
}

/** How far from the middle the rim is, as a share of the shorter side. */
const REACH = 0.46;

/** The lamp over the photo: dragged, or moved by the arrow keys. The farther from the middle, the more from the side. */
export function Lamp({ direction, aspect, colour, onMove, onSettle }: LampProps) {
  const { toPoint } = useViewport();
  const { x, y } = placeOfLight(direction);
  const reach = aspect >= 1 ? [REACH / aspect, REACH] : [REACH, REACH * aspect];
  const [across = REACH, down = REACH] = reach;
  return (
    <button
      type="button"
      className={style['lamp']}
      aria-label={`Lamp, light ${lightInWords(direction)}`}
      aria-keyshortcuts="ArrowLeft ArrowRight ArrowUp ArrowDown"
      style={{
        left: `${(0.5 + x * across) * 100}%`,
        top: `${(0.5 + y * down) * 100}%`,
        background: colour,
      }}
      {...gripListeners({
        onDrag: (event) => {
          const [u, v] = toPoint(event);
          onMove(lightAtPlace((u - 0.5) / across, (v - 0.5) / down));
        },
        onKey: ({ key }) => {
          const next = lightAfterKey(direction, key);
          if (next) onMove(next);
          return next !== undefined;
        },
        onSettle,
      })}
    />
  );
}
