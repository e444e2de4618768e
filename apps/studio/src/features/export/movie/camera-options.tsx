import { useStudio, useStudioState } from '../../../app/studio-context.ts';
import { STANDARD_STAGE } from '../../../stage/stage-settings.ts';
import { Section } from '../../../ui/section.tsx';
import { Segmented } from '../../../ui/segmented.tsx';
import { Slider } from '../../../ui/slider.tsx';
import { PATHS } from './movie-words.ts';

/** How the camera goes: the same as in the tool "Move". */
export function CameraOptions({ disabled }: { readonly disabled: boolean }) {
  const studio = useStudio();
  const { path, amount } = useStudioState(({ stage }) => stage);
  return (
    <Section title="Camera">
      <Segmented
        label="Path of the camera"
        choices={PATHS}
        value={path}
        onChange={(next) => studio.setStage({ path: next })}
        disabled={disabled}
      />
      <Slider
        label="How far"
        value={amount}
        standard={STANDARD_STAGE.amount}
        disabled={disabled || path === 'still'}
        onChange={(next) => studio.setStage({ amount: next })}
      />
    </Section>
  );
}
