import { TriangleAlert, X } from 'lucide-react';
import type { Remedy } from '../engine/state.ts';
import { Button, IconButton } from '../ui/button.tsx';
import { KeyForm } from './key-form.tsx';
import { usePickPhoto } from './photo-drop.tsx';
import style from './problem-bar.module.css';
import { useStudio, useStudioState } from './studio-context.ts';

const WORDS: Readonly<Record<Exclude<Remedy, 'key'>, string>> = {
  retry: 'Try again',
  pick: 'Choose another photo',
  'use-server': 'Use the server',
  'use-device': 'Use this device',
};

/** What went wrong, in one line, and what can be done about it. */
export function ProblemBar() {
  const studio = useStudio();
  const pick = usePickPhoto();
  const problem = useStudioState((state) => state.problem);
  const help = {
    retry: () => void studio.retry(),
    pick,
    'use-server': () => void studio.setMode('server'),
    'use-device': () => void studio.setMode('device'),
  };
  return (
    <div role="alert">
      {problem && (
        <div className={style['bar']}>
          <TriangleAlert size={18} />
          <p>
            <strong>{problem.title}.</strong> {problem.message}{' '}
            <a href={`/docs/errors#${problem.code.toLowerCase()}`} target="_blank" rel="noreferrer">
              <code>{problem.code}</code>
            </a>
          </p>
          <span className={style['remedies']}>
            {problem.remedies.map((remedy) =>
              remedy === 'key' ? (
                <KeyForm key={remedy} onKey={(key) => void studio.giveKey(key)} />
              ) : (
                <Button key={remedy} onClick={help[remedy]}>
                  {WORDS[remedy]}
                </Button>
              ),
            )}
          </span>
          <IconButton
            label="Close"
            keys="Escape"
            icon={<X size={18} />}
            onClick={() => studio.dismissProblem()}
          />
        </div>
      )}
    </div>
  );
}
