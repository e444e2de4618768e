import { Layers2, PersonStanding } from 'lucide-react';
import { useDeferredValue, useMemo } from 'react';
import { useStudio, useStudioState } from '../../app/studio-context.ts';
import type { WorkLayers } from '../../engine/state.ts';
import { Button } from '../../ui/button.tsx';
import { Note, Section } from '../../ui/section.tsx';
import { countDepths, shareNearer } from './depth-histogram.ts';
import style from './depth-section.module.css';
import { endsInWords } from './depth-words.ts';
import { HistogramChart } from './histogram-chart.tsx';
import { splitByDepth, splitBySubject } from './split-recipe.ts';
import { ThresholdHandle } from './threshold-handle.tsx';

/** How many pixels are how far, and where the photo falls apart into near and far. */
export function DepthSection() {
  const layers = useStudioState((state) => state.layers);
  const hasDepth = useStudioState(({ understanding }) => understanding?.depth !== undefined);
  // Counted after the picture is painted: who drags a threshold looks at that.
  const shown = useDeferredValue(layers);
  if (!shown || !hasDepth) return null;
  return (
    <Section title="Depths">
      <Depths layers={shown} />
    </Section>
  );
}

function Depths({ layers: { depth, matte } }: { readonly layers: WorkLayers }) {
  const studio = useStudio();
  const split = useStudioState(({ recipe }) => recipe.matte.split);
  const chosen = useStudioState(({ recipe }) => recipe.matte.threshold);
  const understanding = useStudioState((state) => state.understanding);
  const histogram = useMemo(() => countDepths(depth, matte), [depth, matte]);
  const threshold = chosen ?? understanding?.suggestedThreshold ?? 0.5;
  const isByDepth = split === 'depth';
  const ends = endsInWords(understanding?.depth);
  const subject = percent(histogram.subjectShare);
  return (
    <>
      <div className={style['chart']}>
        <HistogramChart histogram={histogram} />
        <ThresholdHandle value={threshold} isMovable={isByDepth} />
      </div>
      <div className={style['ends']}>
        <span>{ends.far}</span>
        <span>
          {understanding?.depth?.kind === 'metric' ? 'by 1/distance' : 'relative, no metres'}
        </span>
        <span>{ends.near}</span>
      </div>
      <ul className={style['shares']}>
        <li className={style['subject']}>Subject {subject}</li>
        <li className={style['background']}>Background {percent(1 - histogram.subjectShare)}</li>
      </ul>
      <Note>
        {threshold >= 1
          ? 'All is equally far: there is no depth to split it by.'
          : `Split at ${threshold.toFixed(3)}: ${percent(shareNearer(histogram, threshold))} of the photo is nearer.`}
      </Note>
      {isByDepth ? (
        <Button
          icon={<PersonStanding size={18} />}
          onClick={() => studio.changeRecipe(splitBySubject, { label: 'Split by subject' })}
        >
          Split by subject again
        </Button>
      ) : (
        <Button
          icon={<Layers2 size={18} />}
          disabled={threshold >= 1}
          onClick={() => studio.changeRecipe(splitByDepth(threshold), { label: 'Split by depth' })}
        >
          Split by depth here
        </Button>
      )}
    </>
  );
}

function percent(share: number): string {
  const value = share * 100;
  return `${value > 0 && value < 10 ? value.toFixed(1) : Math.round(value)} %`;
}
