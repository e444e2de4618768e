import type { CameraPathKind } from '@diorama/core/scene';
import { useState } from 'react';
import { useStudio, useStudioState } from '../../app/studio-context.ts';
import { STANDARD_STAGE } from '../../stage/stage-settings.ts';
import { Note, Section } from '../../ui/section.tsx';
import { Segmented } from '../../ui/segmented.tsx';
import { Slider } from '../../ui/slider.tsx';
import { Switch } from '../../ui/switch.tsx';
import { CAMERA_CHOICES } from './camera-paths.ts';
import { LoopSlider } from './loop-slider.tsx';

/** How the camera goes: its path, how far and how fast. */
export function CameraSection() {
  const studio = useStudio();
  const { path, amount } = useStudioState(({ stage }) => stage);
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
        choices={CAMERA_CHOICES}
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
      <LoopSlider disabled={isStill} />
      <Note>A movie takes the same path: see Export.</Note>
    </Section>
  );
}
