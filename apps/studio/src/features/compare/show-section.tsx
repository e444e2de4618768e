import {
  Columns2,
  PanelLeft,
  PanelTop,
  Proportions,
  Square,
  SquareSplitHorizontal,
} from 'lucide-react';
import { Note, Section } from '../../ui/section.tsx';
import { type Choice, Segmented } from '../../ui/segmented.tsx';
import { useHasNothing } from '../subject/use-has-nothing.ts';
import {
  COMPARED_LAYERS,
  type CompareDirection,
  type CompareLayout,
  useCompare,
} from './compare-store.ts';
import { DIRECTION_WORDS, LAYER_WORDS, LAYOUT_WORDS } from './compare-words.ts';
import style from './show-section.module.css';

const LAYER_CHOICES = COMPARED_LAYERS.map((value) => {
  const { label, hint, key } = LAYER_WORDS[value];
  return { value, label, hint: `${hint} (${key})` };
});

const LAYOUT_CHOICES: readonly Choice<CompareLayout>[] = [
  { value: 'divided', label: LAYOUT_WORDS.divided, icon: <SquareSplitHorizontal size={18} /> },
  { value: 'beside', label: LAYOUT_WORDS.beside, icon: <Columns2 size={18} /> },
  { value: 'alone', label: LAYOUT_WORDS.alone, icon: <Square size={18} /> },
];

const DIRECTION_CHOICES: readonly Choice<CompareDirection>[] = [
  { value: 'shape', label: DIRECTION_WORDS.shape, icon: <Proportions size={18} /> },
  { value: 'across', label: DIRECTION_WORDS.across, icon: <PanelLeft size={18} /> },
  { value: 'down', label: DIRECTION_WORDS.down, icon: <PanelTop size={18} /> },
];

/** Which layer, and how it is shown beside the photo. */
export function ShowSection() {
  const [layer, set] = useCompare((settings) => settings.layer);
  const [layout] = useCompare((settings) => settings.layout);
  const [direction] = useCompare((settings) => settings.direction);
  const hasNothing = useHasNothing();
  return (
    <Section title="Photo against">
      <Segmented
        label="Layer"
        choices={LAYER_CHOICES}
        value={layer}
        onChange={(next) => set({ layer: next })}
      />
      <div className={style['row']}>
        <Segmented
          isCompact
          label="How both are shown"
          choices={LAYOUT_CHOICES}
          value={layout}
          onChange={(next) => set({ layout: next })}
        />
        <Segmented
          isCompact
          label="Which way they lie"
          choices={DIRECTION_CHOICES}
          value={direction}
          disabled={layout === 'alone'}
          onChange={(next) => set({ direction: next })}
        />
      </div>
      {hasNothing && layer !== 'depth' && (
        <Note look="notice">
          No subject was found in this photo, so that its matte is empty and its plate has all of
          the photo in it. It can be split by depth, below.
        </Note>
      )}
    </Section>
  );
}
