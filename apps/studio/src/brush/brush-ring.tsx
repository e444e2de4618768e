import type { Size } from '@diorama/core';
import type { CSSProperties } from 'react';
import type { Brush } from './brush.ts';
import style from './brush-layer.module.css';

/** The brush's outline at its true size, where it is; drawn anew by whoever follows the brush. */
export function BrushRing({ brush, size }: { readonly brush: Brush; readonly size: Size }) {
  const { position, hand, isInverted, options } = brush;
  if (hand === 'nobody') return null;
  const [x, y] = position;
  const { radius, hardness } = options.shape;
  const diameter = 2 * radius * Math.max(size.width, size.height);
  return (
    <div
      className={style['ring']}
      data-inverted={isInverted}
      style={
        {
          left: `${x * 100}%`,
          top: `${y * 100}%`,
          width: `${(diameter / size.width) * 100}%`,
          height: `${(diameter / size.height) * 100}%`,
          '--inner': `${hardness * 100}%`,
        } as CSSProperties // a property of our own
      }
    >
      {hardness < 0.95 && <div className={style['inner']} />}
    </div>
  );
}
