import { Anchor, Eraser, Eye, MoveUpRight, Snowflake } from 'lucide-react';
import { BRUSH_RADIUS } from '../../../brush/index.ts';
import { Note } from '../../../ui/section.tsx';
import { Segmented } from '../../../ui/segmented.tsx';
import { Slider } from '../../../ui/slider.tsx';
import type { EffectProps } from '../effect-props.ts';
import { EffectSlider } from '../effect-slider.tsx';
import type { CinemagraphTool } from './cinemagraph-editor.ts';
import { LoopLength } from './loop-length.tsx';
import { MotionList } from './motion-list.tsx';
import type { CinemagraphEffect } from './motion-props.ts';
import { useCinemagraphEditor, useEditorState } from './use-cinemagraph-editor.ts';

const LAYERS = [
  { value: 'plate', label: 'Plate', hint: 'What is behind the subject flows' },
  { value: 'subject', label: 'Subject', hint: 'The subject flows, its edge is held' },
] as const;

const TOOLS = [
  { value: 'look', label: 'Look', icon: <Eye size={18} /> },
  { value: 'arrow', label: 'Arrow', icon: <MoveUpRight size={18} /> },
  { value: 'anchor', label: 'Anchor', icon: <Anchor size={18} /> },
  { value: 'freeze', label: 'Freeze', icon: <Snowflake size={18} /> },
  { value: 'erase', label: 'Erase', icon: <Eraser size={18} /> },
] as const;

const WHAT: Readonly<Record<CinemagraphTool, string>> = {
  look: 'Nothing lies over the picture. Drag to move it.',
  arrow: 'Draw along what flows. A long arrow flows fast; drag its ends to change it.',
  anchor: 'Tap what stays where it is.',
  freeze: 'Paint over what must not move at all.',
  erase: 'Rub out arrows, anchors and what is frozen.',
};

/** What flows, what is held still, and how fast. */
export function CinemagraphControls(props: EffectProps<CinemagraphEffect>) {
  const { effect, onChange } = props;
  const editor = useCinemagraphEditor();
  const { tool, brushRadius } = useEditorState(editor);
  return (
    <>
      <Segmented
        label="What flows"
        choices={LAYERS}
        value={effect.layer}
        onChange={(layer) => onChange({ ...effect, layer }, { label: 'Layer that flows' })}
      />
      <Segmented
        label="Tool"
        choices={TOOLS}
        value={tool}
        onChange={(next) => editor.setTool(next)}
        isCompact
      />
      <Note>{WHAT[tool]}</Note>
      {tool === 'freeze' && (
        <Slider
          label="Brush"
          value={brushRadius}
          min={BRUSH_RADIUS.least}
          max={BRUSH_RADIUS.most}
          step={0.002}
          standard={0.04}
          inWords={(radius) => `${(radius * 200).toFixed(1)} %`}
          onChange={(radius) => editor.store.set({ brushRadius: radius })}
        />
      )}
      <MotionList {...props} />
      <EffectSlider
        {...props}
        name="speed"
        label="Speed"
        max={4}
        step={0.05}
        standard={1}
        inWords={(value) => `${value.toFixed(2)} ×`}
      />
      <EffectSlider {...props} name="reach" label="Reach" min={0.02} max={0.5} standard={0.12} />
      <LoopLength />
    </>
  );
}
