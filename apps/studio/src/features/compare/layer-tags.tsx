import { InSight, partInSight, useCameraView } from '../../viewport/index.ts';
import style from './layer-tags.module.css';

interface LayerTagsProps {
  /** Of the layer. */
  readonly label: string;
  readonly divider: number;
  readonly isDown: boolean;
}

/** Below so many CSS pixels a side has no room for its name. */
const LEAST_ROOM_PX = 96;

/** What is on which side of the divider. */
export function LayerTags({ label, divider, isDown }: LayerTagsProps) {
  const { view } = useCameraView();
  const sight = partInSight(view);
  const [from, length] = isDown ? [sight.top, sight.height] : [sight.left, sight.width];
  const pixels = (isDown ? view.photo.height : view.photo.width) * view.scale;
  const before = Math.min(length, Math.max(0, divider - from)) * pixels;
  const hasPhoto = before > LEAST_ROOM_PX;
  const hasLayer = length * pixels - before > LEAST_ROOM_PX;
  return (
    <>
      {hasPhoto && <LayerTag label="Photo" place="start" />}
      {hasLayer && <LayerTag label={label} place={isDown ? 'below' : 'end'} />}
    </>
  );
}

interface LayerTagProps {
  readonly label: string;
  /** In which corner. */
  readonly place: 'start' | 'end' | 'below';
}

/** The name of what is shown, over a corner of it. */
export function LayerTag({ label, place }: LayerTagProps) {
  return (
    <InSight>
      <span className={`${style['tag']} ${style[place]}`} aria-hidden="true">
        {label}
      </span>
    </InSight>
  );
}
