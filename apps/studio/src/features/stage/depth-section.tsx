import { colourTable } from '@diorama/core/scene';
import { Trash2 } from 'lucide-react';
import { useStudio, useStudioState } from '../../app/studio-context.ts';
import { BRUSH_RADIUS } from '../../brush/index.ts';
import type { DepthBrushSettings } from '../../stage/stage-settings.ts';
import { Button } from '../../ui/button.tsx';
import { Note, Section } from '../../ui/section.tsx';
import { type Choice, Segmented } from '../../ui/segmented.tsx';
import { Slider } from '../../ui/slider.tsx';
import { Switch } from '../../ui/switch.tsx';
import { DEPTH_COLOURS } from './depth-view.tsx';
import style from './stage.module.css';

const TOOLS: readonly Choice<DepthBrushSettings['tool']>[] = [
  { value: 'nearer', label: 'Nearer' },
  { value: 'farther', label: 'Farther' },
  { value: 'set', label: 'Set', hint: 'Bring it to one depth' },
  { value: 'smooth', label: 'Smooth' },
];

/** The brush that corrects the depth. */
export function DepthSection() {
  const studio = useStudio();
  const { isCorrecting, brush } = useStudioState(({ stage }) => stage);
  const strokes = useStudioState(({ recipe }) => recipe.depth.strokes.length);
  const set = (change: Partial<DepthBrushSettings>) =>
    studio.setStage({ brush: { ...brush, ...change } });
  return (
    <Section title="Correct the depth">
      <Switch
        label="Depth brush"
        isOn={isCorrecting}
        onChange={(isOn) => studio.setStage({ isCorrecting: isOn })}
      />
      {isCorrecting && (
        <>
          <Segmented
            label="What the brush does"
            choices={TOOLS}
            value={brush.tool}
            onChange={(tool) => set({ tool })}
          />
          {brush.tool === 'set' && (
            <Slider label="To the depth" value={brush.depth} onChange={(depth) => set({ depth })} />
          )}
          <Slider
            label="Size"
            value={brush.radius}
            min={BRUSH_RADIUS.least}
            max={BRUSH_RADIUS.most}
            step={0.001}
            inWords={(radius) => `${(radius * 200).toFixed(1)} %`}
            onChange={(radius) => set({ radius })}
          />
          <Slider
            label="Strength"
            value={brush.strength}
            onChange={(strength) => set({ strength })}
          />
          <Slider
            label="Hardness"
            value={brush.hardness}
            onChange={(hardness) => set({ hardness })}
          />
          <DepthKey />
          <Note>A stroke keeps to the side, subject or background, on which it begins.</Note>
          {strokes > 0 && (
            <div className={style['actions']}>
              <Button icon={<Trash2 size={18} />} onClick={() => clearStrokes(studio)}>
                Forget all strokes
              </Button>
            </div>
          )}
        </>
      )}
    </Section>
  );
}

function clearStrokes(studio: ReturnType<typeof useStudio>): void {
  studio.changeRecipe((recipe) => ({ ...recipe, depth: { ...recipe.depth, strokes: [] } }), {
    label: 'Forget depth strokes',
  });
}

/** Which colour is near and which is far. */
function DepthKey() {
  const table = colourTable(DEPTH_COLOURS);
  const last = table.length / 3 - 1;
  const stops = Array.from({ length: 17 }, (_, step) => {
    const at = Math.round((step / 16) * last) * 3;
    return `rgb(${table[at]} ${table[at + 1]} ${table[at + 2]})`;
  });
  return (
    <div>
      <div
        className={style['ramp']}
        style={{ background: `linear-gradient(to right, ${stops.join(', ')})` }}
      />
      <p className={style['keys']}>
        <span>Far</span>
        <span>Near</span>
      </p>
    </div>
  );
}
