import type { CameraPathKind } from '@diorama/core';
import { useState } from 'react';
import { useStudio, useStudioState } from '../../app/studio-context.ts';
import { STANDARD_STAGE } from '../../stage/stage-settings.ts';
import { Note, Section } from '../../ui/section.tsx';
import { type Choice, Segmented } from '../../ui/segmented.tsx';
import { Slider } from '../../ui/slider.tsx';
import { Switch } from '../../ui/switch.tsx';

const PATHS: readonly Choice<CameraPathKind>[] = [
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
  const isStill = path === 'still';
  const [last, setLast] = useState<CameraPathKind>(isStill ? 'orbit' : path);
  return (
    <Section title="Camera">
      <Switch
        label="Goes along a path"
        isOn={!isStill}
        onChange={(isOn) => studio.setStage({ path: isOn ? last : 'still' })}
      />
      <Segmented
        label="Path of the camera"
        choices={PATHS}
        value={isStill ? last : path}
        disabled={isStill}
        onChange={(next) => {
          setLast(next);
          studio.setStage({ path: next });
        }}
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
        disabled={isStill}
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
