import { useStudio, useStudioState } from '../../app/studio-context.ts';
import { STANDARD_STAGE, type StageKind, type StageLook } from '../../stage/stage-settings.ts';
import { Section } from '../../ui/section.tsx';
import { type Choice, Segmented } from '../../ui/segmented.tsx';
import { Slider } from '../../ui/slider.tsx';

const KINDS: readonly Choice<StageKind>[] = [
  { value: 'parallax', label: 'Layers', hint: 'The photo as it is' },
  { value: 'points', label: 'Points', hint: 'A cloud of points' },
  { value: 'mesh', label: 'Surface', hint: 'A surface of triangles' },
  { value: 'voxels', label: 'Boxes', hint: 'Building bricks' },
];

/** What stands on the stage, and how deep it is. */
export function LookSection() {
  const studio = useStudio();
  const look = useStudioState(({ stage }) => stage.look);
  const set = (change: Partial<StageLook>) => studio.setStage({ look: { ...look, ...change } });
  const standard = STANDARD_STAGE.look;
  return (
    <Section title="Stage">
      <Segmented
        label="What stands on the stage"
        choices={KINDS}
        value={look.kind}
        onChange={(kind) => set({ kind })}
      />
      <Slider
        label="Depth"
        value={look.depthAmount}
        standard={standard.depthAmount}
        onChange={(depthAmount) => set({ depthAmount })}
      />
      <Slider
        label="Stands still"
        value={look.focus}
        standard={standard.focus}
        inWords={focusInWords}
        onChange={(focus) => set({ focus })}
      />
      {look.kind !== 'parallax' && (
        <Slider
          label={look.kind === 'mesh' ? 'Triangles' : 'How many'}
          value={look.density}
          standard={standard.density}
          onChange={(density) => set({ density })}
        />
      )}
      {(look.kind === 'points' || look.kind === 'voxels') && (
        <Slider
          label="Size"
          value={look.pointSize}
          min={0.2}
          max={look.kind === 'points' ? 3 : 1}
          standard={standard.pointSize}
          onChange={(pointSize) => set({ pointSize })}
        />
      )}
    </Section>
  );
}

function focusInWords(focus: number): string {
  if (focus < 0.05) return 'farthest';
  return focus > 0.95 ? 'nearest' : `${Math.round(focus * 100)} % near`;
}
