import { type PointerEvent, useRef } from 'react';
import { useStudio } from '../../app/studio-context.ts';
import { dividerByKey } from './divider-keys.ts';
import { splitByDepth } from './split-recipe.ts';
import style from './threshold-handle.module.css';

interface ThresholdHandleProps {
  /** 0 far to 1 near. */
  readonly value: number;
  /** Whether it is what the photo is split by; else it is shown where a split is suggested. */
  readonly isMovable: boolean;
}

/** Where near and far part, over the histogram. */
export function ThresholdHandle({ value, isMovable }: ThresholdHandleProps) {
  const studio = useStudio();
  const track = useRef<HTMLDivElement>(null);
  const left = `${value * 100}%`;
  if (!isMovable) return <span className={style['mark']} style={{ left }} />;
  const moveTo = (to: number) => {
    const threshold = Math.round(Math.min(1, Math.max(0, to)) * 1000) / 1000;
    if (threshold === value) return;
    studio.changeRecipe(splitByDepth(threshold), { label: 'Threshold', merge: 'threshold' });
  };
  const placeOf = ({ clientX }: PointerEvent) => {
    const { left: start = 0, width = 1 } = track.current?.getBoundingClientRect() ?? {};
    return (clientX - start) / width;
  };
  return (
    <div
      ref={track}
      className={style['track']}
      onPointerDown={(event) => {
        if (event.button !== 0 || !event.isPrimary) return;
        event.currentTarget.setPointerCapture(event.pointerId);
        moveTo(placeOf(event));
      }}
      onPointerMove={(event) => {
        if (event.currentTarget.hasPointerCapture(event.pointerId)) moveTo(placeOf(event));
      }}
      onPointerUp={() => studio.settle()}
      onPointerCancel={() => studio.settle()}
    >
      <div
        role="slider"
        tabIndex={0}
        aria-label="Depth at which the photo is split"
        aria-orientation="horizontal"
        aria-valuemin={0}
        aria-valuemax={1}
        aria-valuenow={value}
        aria-valuetext={value.toFixed(3)}
        className={style['handle']}
        style={{ left }}
        onKeyDown={(event) => {
          const to = dividerByKey(event, value, false);
          if (to === undefined) return;
          event.preventDefault();
          moveTo(to);
        }}
        onKeyUp={() => studio.settle()}
      />
    </div>
  );
}
