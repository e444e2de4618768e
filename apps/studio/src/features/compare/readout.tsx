import { useStudioState } from '../../app/studio-context.ts';
import { useCompare } from './compare-store.ts';
import { distanceInWords } from './depth-words.ts';
import type { Reading } from './photo-reader.ts';
import style from './readout.module.css';
import { useReading, useReadingAt } from './use-reading.ts';

/** What is under the pointer or at the chosen place: its colour, depth and matte. Each number keeps its place. */
export function Readout() {
  const reading = useReading();
  const meaning = useStudioState(({ understanding }) => understanding?.depth);
  return (
    <div className={style['readout']}>
      {reading ? (
        <dl>
          <div className={style['colour']}>
            <dt className="unseen">Colour</dt>
            <dd>
              <span className={style['swatch']} style={{ background: reading.colour }} />
              {reading.colour}
            </dd>
          </div>
          <div className={style['place']}>
            <dt className="unseen">Pixel</dt>
            <dd>
              {reading.x}, {reading.y}
            </dd>
          </div>
          <div className={style['depth']}>
            <dt>Depth</dt>
            <dd>{reading.depth.toFixed(3)}</dd>
          </div>
          <div className={style['distance']} title={DISTANCE_HINT[meaning?.kind ?? 'none']}>
            <dt className="unseen">Distance</dt>
            <dd>{distanceInWords(reading.depth, meaning)}</dd>
          </div>
          <div className={style['matte']}>
            <dt>Matte</dt>
            <dd>{Math.round(reading.matte * 100)} %</dd>
          </div>
        </dl>
      ) : (
        <p>Point or tap to read</p>
      )}
      <Spoken />
    </div>
  );
}

const RELATIVE_HINT =
  'Distance in the scene of the studio: its nearest point is at 1, its farthest at 8. The model tells no metres.';
const DISTANCE_HINT = {
  metric: 'Distance in metres, as the model measures it',
  'inverse-affine': RELATIVE_HINT,
  none: RELATIVE_HINT,
} as const;

/** The chosen place in words, told when it moves. What is under a pointer is not: it would never end. */
function Spoken() {
  const [pinned] = useCompare((settings) => settings.pinned);
  const reading = useReadingAt(pinned);
  return (
    <p id="compare-reading" className="unseen" role="status">
      {reading && inWords(reading)}
    </p>
  );
}

function inWords({ colour, depth, matte, x, y }: Reading): string {
  return `Depth ${depth.toFixed(3)}, matte ${Math.round(matte * 100)} %, colour ${colour}, pixel ${x}, ${y}`;
}
