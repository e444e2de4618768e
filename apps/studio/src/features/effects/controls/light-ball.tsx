import {
  type LightDirection,
  lightAfterKey,
  lightAtPlace,
  lightInWords,
  placeOfLight,
} from '../../../engine/effects/light-direction.ts';
import { gripListeners } from '../overlays/grip.ts';
import style from './light-ball.module.css';

interface LightBallProps extends LightDirection {
  readonly onChange: (direction: LightDirection) => void;
  readonly onSettle: () => void;
}

/** A ball with a lamp around it: drag the lamp, or move it by the arrow keys. */
export function LightBall({ onChange, onSettle, ...direction }: LightBallProps) {
  const { x, y } = placeOfLight(direction);
  const onDrag = ({ currentTarget, clientX, clientY }: React.PointerEvent) => {
    const { left, top, width, height } = currentTarget.getBoundingClientRect();
    onChange(lightAtPlace(((clientX - left) / width) * 2 - 1, ((clientY - top) / height) * 2 - 1));
  };
  const grip = gripListeners({
    onDrag,
    onKey: ({ key }) => {
      const next = lightAfterKey(direction, key);
      if (next) onChange(next);
      return next !== undefined;
    },
    onSettle,
  });
  const words = lightInWords(direction);
  return (
    <div className={style['row']}>
      <div
        className={style['ball']}
        role="slider"
        tabIndex={0}
        aria-label="Direction of light"
        aria-valuemin={-180}
        aria-valuemax={360}
        aria-valuenow={Math.round(direction.azimuthDegrees)}
        aria-valuetext={words}
        style={{ '--x': `${50 + x * 50}%`, '--y': `${50 + y * 50}%` } as React.CSSProperties} // properties of our own
        {...grip}
        onPointerDown={(event) => {
          grip.onPointerDown(event);
          onDrag(event);
        }}
      >
        <span className={style['lamp']} />
      </div>
      <p className={style['words']}>Light {words}</p>
    </div>
  );
}
