import { useStudio, useStudioState } from '../../../app/studio-context.ts';
import { Slider } from '../../../ui/slider.tsx';

/** How long one turn of all that moves takes: it is the recipe's, not of one effect. */
export function LoopLength() {
  const studio = useStudio();
  const loopSeconds = useStudioState(({ recipe }) => recipe.loopSeconds);
  return (
    <Slider
      label="Loop"
      value={loopSeconds}
      min={1}
      max={30}
      step={0.5}
      standard={6}
      inWords={(value) => `${value} s`}
      onChange={(next) =>
        studio.changeRecipe((recipe) => ({ ...recipe, loopSeconds: next }), {
          label: 'Loop',
          merge: 'loop-seconds',
        })
      }
      onSettle={() => studio.settle()}
    />
  );
}
