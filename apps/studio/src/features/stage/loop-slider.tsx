import { useStudio, useStudioState } from '../../app/studio-context.ts';
import { Slider } from '../../ui/slider.tsx';

interface LoopSliderProps {
  readonly label?: string;
  readonly disabled?: boolean;
}

/** How long one turn of all that moves takes, camera and effects alike: it is the recipe's. */
export function LoopSlider({ label = 'One turn takes', disabled = false }: LoopSliderProps) {
  const studio = useStudio();
  const loopSeconds = useStudioState(({ recipe }) => recipe.loopSeconds);
  return (
    <Slider
      label={label}
      value={loopSeconds}
      min={1}
      max={30}
      step={0.5}
      standard={6}
      inWords={(seconds) => `${seconds} s`}
      disabled={disabled}
      onChange={(seconds) =>
        studio.changeRecipe((recipe) => ({ ...recipe, loopSeconds: seconds }), {
          label: 'Loop',
          merge: 'loop',
        })
      }
      onSettle={() => studio.settle()}
    />
  );
}
