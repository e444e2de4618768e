import { useStudio, useStudioState } from '../../app/studio-context.ts';
import { STANDARD_STAGE, type StagePath } from '../../stage/stage-settings.ts';
import { Note, Section } from '../../ui/section.tsx';
import { type Choice, Segmented } from '../../ui/segmented.tsx';
import { Slider } from '../../ui/slider.tsx';

const PATHS: readonly Choice<StagePath>[] = [
  { value: 'still', label: 'Still', hint: 'Only as you move it' },
  { value: 'orbit', label: 'Orbit', hint: 'Around in a circle' },
  { value: 'sway', label: 'Sway', hint: 'From side to side' },
  { value: 'zoom', label: 'Zoom', hint: 'In and out' },
  { value: 'dolly', label: 'Dolly', hint: 'Back while zooming in: the background grows' },
];

/** How the camera goes: its path, how far and how fast. */
export function CameraSection() {
  const studio = useStudio();
  const { path, amount } = useStudioState(({ stage }) => stage);
  const loopSeconds = useStudioState(({ recipe }) => recipe.loopSeconds);
  return (
    <Section title="Camera">
      <Segmented
        label="Path of the camera"
        choices={PATHS}
        value={path}
        onChange={(next) => studio.setStage({ path: next })}
      />
      <Slider
        label="How far"
        value={amount}
        standard={STANDARD_STAGE.amount}
        onChange={(next) => studio.setStage({ amount: next })}
      />
      <Slider
        label="One turn takes"
        value={loopSeconds}
        min={1}
        max={20}
        step={0.5}
        standard={6}
        inWords={(seconds) => `${seconds} s`}
        disabled={path === 'still'}
        onChange={(seconds) =>
          studio.changeRecipe((recipe) => ({ ...recipe, loopSeconds: seconds }), {
            label: 'Loop',
            merge: 'loop',
          })
        }
        onSettle={() => studio.settle()}
      />
      <Note>A movie takes the same path: see Export.</Note>
    </Section>
  );
}
