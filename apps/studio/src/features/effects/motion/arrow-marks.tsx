import type { Point } from '@diorama/contract';
import type { Size } from '@diorama/core';
import style from './arrow-layer.module.css';

/** Lengths in CSS pixels. */
const HEAD_PX = 13;
const HANDLE_PX = 5;

interface MarkProps {
  readonly size: Size;
  /** Pixels of the photo in a CSS pixel: marks are equally large however near the photo is. */
  readonly unit: number;
  readonly isChosen?: boolean;
}

/** An arrow as a light line within a dark one, seen on any picture. */
export function ArrowMark({
  points,
  size,
  unit,
  isChosen = false,
}: MarkProps & { readonly points: readonly Point[] }) {
  const places = points.map(([x, y]) => [x * size.width, y * size.height] as const);
  const last = places.at(-1);
  const first = places[0];
  if (!first || !last) return null;
  const way = places.map(([x, y], i) => `${i === 0 ? 'M' : 'L'}${x} ${y}`).join('');
  const head = headOf(places, HEAD_PX * unit);
  return (
    <g className={style['arrow']} data-chosen={isChosen}>
      <path className={style['edge']} d={way + head} />
      <path className={style['line']} d={way + head} />
      <circle className={style['handle']} cx={first[0]} cy={first[1]} r={HANDLE_PX * unit} />
      {isChosen && (
        <circle className={style['handle']} cx={last[0]} cy={last[1]} r={HANDLE_PX * unit} />
      )}
    </g>
  );
}

/** An anchor: a ring with a point. */
export function AnchorMark({
  point: [x, y],
  size,
  unit,
  isChosen = false,
}: MarkProps & { readonly point: Point }) {
  const at = { cx: x * size.width, cy: y * size.height };
  return (
    <g className={style['anchor']} data-chosen={isChosen}>
      <circle className={style['edge']} {...at} r={8 * unit} />
      <circle className={style['line']} {...at} r={8 * unit} />
      <circle className={style['dot']} {...at} r={3 * unit} />
    </g>
  );
}

/** Where keys draw. */
export function CrosshairMark({
  point: [x, y],
  size,
  unit,
}: MarkProps & { readonly point: Point }) {
  const [cx, cy] = [x * size.width, y * size.height];
  const long = 14 * unit;
  const gap = 4 * unit;
  const way = [
    `M${cx - long} ${cy}H${cx - gap}M${cx + gap} ${cy}H${cx + long}`,
    `M${cx} ${cy - long}V${cy - gap}M${cx} ${cy + gap}V${cy + long}`,
  ].join('');
  return (
    <g>
      <path className={style['edge']} d={way} />
      <path className={style['line']} d={way} />
    </g>
  );
}

/** Two short lines from the last place back, along the arrow's last way. */
function headOf(places: readonly (readonly [number, number])[], length: number): string {
  const [x, y] = places.at(-1) ?? [0, 0];
  const before = places.findLast(([px, py]) => Math.hypot(px - x, py - y) > length / 2);
  if (!before) return '';
  const angle = Math.atan2(y - before[1], x - before[0]);
  const tip = (turn: number) =>
    `${x - length * Math.cos(angle + turn)} ${y - length * Math.sin(angle + turn)}`;
  return `M${tip(0.5)}L${x} ${y}L${tip(-0.5)}`;
}
