import type { Step } from '../engine/state.ts';
import { useStudioState } from './studio-context.ts';
import style from './work-progress.module.css';

const STEP_WORDS: Readonly<Record<Step, string>> = {
  open: 'Opening the photo',
  model: 'Getting the network ready',
  predict: 'Looking at the photo',
  preview: 'Making a first preview',
  layers: 'Making the layers',
};

/** The step that runs, over the view. */
export function WorkProgress() {
  const progress = useStudioState((state) => state.progress);
  return (
    <div className={style['progress']} role="status">
      {progress && (
        <p>
          {STEP_WORDS[progress.step]}
          <progress aria-label={STEP_WORDS[progress.step]} value={progress.share} />
        </p>
      )}
    </div>
  );
}
