import { Maximize, Minus, Plus } from 'lucide-react';
import { useKeys } from '../app/keys/use-keys.ts';
import { IconButton } from '../ui/button.tsx';
import type { ViewCamera } from './view-camera.ts';
import { useView } from './viewport-context.ts';
import style from './zoom-bar.module.css';

const STEP_FACTOR = 1.5;
/** Keys repeat while they are held. */
const KEY_FACTOR = 1.25;
const GROUP = 'View';

/** How large the photo is shown, and buttons to change it. 100 % is one of its pixels on one of the screen. */
export function ZoomBar({ camera }: { readonly camera: ViewCamera }) {
  const view = useView(camera);
  const percent = view.scale * view.pixelRatio * 100;
  const words = `${percent < 10 ? percent.toFixed(1) : Math.round(percent)} %`;
  const step = { group: GROUP, isRepeated: true };
  const nearer = { ...step, label: 'Nearer', run: () => camera.stepBy(KEY_FACTOR) };
  const farther = { ...step, label: 'Farther', run: () => camera.stepBy(1 / KEY_FACTOR) };
  useKeys([
    { keys: '+', ...nearer },
    // The same key of the keyboard, with and without Shift.
    { keys: '=', ...nearer },
    { keys: '-', ...farther },
    { keys: '_', ...farther },
    { keys: '0', label: 'All of the photo', group: GROUP, run: () => camera.fit() },
    { keys: 'Z', label: 'At 100 %', group: GROUP, run: () => camera.showActual() },
  ]);
  return (
    <fieldset className={style['zoom']}>
      <legend className="unseen">Zoom</legend>
      <IconButton
        label="Farther"
        keys="-"
        icon={<Minus size={18} />}
        onClick={() => camera.stepBy(1 / STEP_FACTOR)}
      />
      <button
        type="button"
        className={style['percent']}
        title="One pixel of the photo on one of the screen (Z)"
        aria-keyshortcuts="Z"
        aria-label={`Shown at ${words}; show at 100 %`}
        onClick={() => camera.showActual()}
      >
        {words}
      </button>
      <IconButton
        label="Nearer"
        keys="+"
        icon={<Plus size={18} />}
        onClick={() => camera.stepBy(STEP_FACTOR)}
      />
      <IconButton
        label="All of it"
        keys="0"
        icon={<Maximize size={18} />}
        onClick={() => camera.fit()}
      />
    </fieldset>
  );
}
