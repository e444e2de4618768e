import { Lock, Server } from 'lucide-react';
import type { Timings } from '../engine/state.ts';
import style from './status-bar.module.css';
import { useStudioState } from './studio-context.ts';
import { useWherePixelsGo } from './use-where-pixels-go.ts';

/** Where the pixels go, and what worked on them for how long. */
export function StatusBar() {
  const line = useWherePixelsGo();
  const isHere = useStudioState(({ mode, sent }) => mode === 'device' && sent === undefined);
  const machine = useStudioState((state) => state.machine);
  const timings = useStudioState((state) => state.timings);
  return (
    <footer className={style['bar']}>
      {isHere ? <Lock size={14} /> : <Server size={14} />}
      <p className={style['where']}>{line}</p>
      <p className={style['facts']}>
        {machine && `${machine.model}, ${machine.provider}`}
        <span className={style['times']}>{timesInWords(timings)}</span>
      </p>
    </footer>
  );
}

function timesInWords({ preview, layers }: Timings): string {
  const seconds = (ms: number) => `${(ms / 1000).toFixed(1)} s`;
  if (preview === undefined) return '';
  if (layers === undefined) return `Preview in ${seconds(preview)}`;
  return `Preview in ${seconds(preview)}, layers in ${seconds(layers)}`;
}
