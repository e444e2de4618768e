import { X } from 'lucide-react';
import { type Phase, STEPS, type Step } from '../engine/state.ts';
import { IconButton } from '../ui/button.tsx';
import { useStudio, useStudioState } from './studio-context.ts';
import style from './work-progress.module.css';

const STEP_WORDS: Readonly<Record<Step, string>> = {
  open: 'Opening the photo',
  send: 'Sending the file',
  model: 'Getting the network ready',
  predict: 'Looking at the photo',
  preview: 'Making a first preview',
  layers: 'Making the layers',
};

/** For who does not see them come. */
const PHASE_WORDS: Readonly<Record<Phase, string>> = {
  empty: '',
  working: '',
  preview: 'A first preview is there.',
  ready: 'The layers are ready.',
};

/** The step that runs, over the view, with a way to stop it. */
export function WorkProgress() {
  const studio = useStudio();
  const progress = useStudioState((state) => state.progress);
  const phase = useStudioState((state) => state.phase);
  const words = progress && (progress.note ?? STEP_WORDS[progress.step]);
  const share = progress && (STEPS.indexOf(progress.step) + (progress.share ?? 0)) / STEPS.length;
  const percent = progress?.share && `${Math.round(100 * progress.share)} %`;
  return (
    <div className={style['progress']}>
      <p className="unseen" role="status">
        {words ?? PHASE_WORDS[phase]}
      </p>
      {progress && (
        <div className={style['pill']}>
          <progress aria-label={words} value={share} />
          <p aria-hidden="true">
            {words} {percent}
          </p>
          <IconButton
            label="Stop"
            keys="Escape"
            icon={<X size={18} />}
            onClick={() => studio.cancel()}
          />
        </div>
      )}
    </div>
  );
}
