import {
  type LightDirection,
  lightAfterKey,
  lightAtPlace,
  lightInWords,
  placeOfLight,
} from '../../../engine/effects/light-direction.ts';
import style from './light-ball.module.css';

interface LightBallProps extends LightDirection {
  readonly onChange: (direction: LightDirection) => void;
  readonly onSettle: () => void;
}

/** A ball with a lamp around it: drag the lamp, or move it by the arrow keys. */
export function LightBall({ onChange, onSettle, ...direction }: LightBallProps) {
  const { x, y } = placeOfLight(direction);
  const take = (event: React.PointerEvent<HTMLDivElement>) => {
    const { left, top, width, height } = event.currentTarget.getBoundingClientRect();
    onChange(
      lightAtPlace(
        ((event.clientX - left) / width) * 2 - 1,
        ((event.clientY - top) / height) * 2 - 1,
      ),
    );
  };
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
        onPointerDown={(event) => {
          event.currentTarget.setPointerCapture(event.pointerId);
          take(event);
        }}
        onPointerMove={(event) => {
          if (event.currentTarget.hasPointerCapture(event.pointerId)) take(event);
        }}
        onPointerUp={onSettle}
        onKeyDown={(event) => {
          const next = lightAfterKey(direction, event.key);
          if (!next) return;
          event.preventDefault();
          event.stopPropagation();
          onChange(next);
        }}
        onKeyUp={onSettle}
      >
        <span className={style['lamp']} />
      </div>
      <p className={style['words']}>Light {words}</p>
    </div>
  );
}
