import { X } from 'lucide-react';
import { IconButton } from '../ui/button.tsx';
import style from './problem-bar.module.css';
import { useStudio, useStudioState } from './studio-context.ts';

/** What went wrong, in one line. */
export function ProblemBar() {
  const studio = useStudio();
  const problem = useStudioState((state) => state.problem);
  return (
    <div role="alert">
      {problem && (
        <div className={style['bar']}>
          <p>
            {problem.message} <code>{problem.code}</code>
          </p>
          <IconButton
            label="Close"
            icon={<X size={18} />}
            onClick={() => studio.dismissProblem()}
          />
        </div>
      )}
    </div>
  );
}
