import type { Recipe } from '@diorama/contract';
import { useStudio, useStudioState } from '../../app/studio-context.ts';
import { Section } from '../../ui/section.tsx';
import { Slider } from '../../ui/slider.tsx';
import { changeMatte } from './matte-changes.ts';

const MOST_FEATHER = 0.02;
const MOST_GROW = 0.01;

type Edge = Pick<Recipe['matte'], 'feather' | 'grow' | 'decontamination'>;

/** How the edge of the cut-out is. */
export function EdgeSection() {
  const studio = useStudio();
  const { feather, grow, decontamination } = useStudioState(({ recipe }) => recipe.matte);
  const size = useStudioState(({ photo }) => photo?.size);
  const long = size ? Math.max(size.width, size.height) : 1;
  const set = (change: Partial<Edge>, label: string) =>
    studio.changeRecipe((recipe) => changeMatte(recipe, change), {
      label,
      merge: `matte.${label}`,
    });
  const settle = () => studio.settle();
  const inPixels = (share: number) => `${roundTo(share * long, 0.1)} px`;
  return (
    <Section title="Edge">
      <Slider
        label="Feather"
        value={feather}
        max={MOST_FEATHER}
        step={0.0001}
        standard={0}
        inWords={inPixels}
        onChange={(value) => set({ feather: value }, 'Feather')}
        onSettle={settle}
      />
      <Slider
        label="Move the edge"
        value={grow}
        min={-MOST_GROW}
        max={MOST_GROW}
        step={0.0001}
        standard={0}
        inWords={(share) =>
          share === 0 ? 'as it is' : `${inPixels(Math.abs(share))} ${share > 0 ? 'out' : 'in'}`
        }
        onChange={(value) => set({ grow: value }, 'Edge')}
        onSettle={settle}
      />
      <Slider
        label="Clean the edge's colour"
        value={decontamination}
        standard={1}
        onChange={(value) => set({ decontamination: value }, 'Edge colour')}
        onSettle={settle}
      />
    </Section>
  );
}

function roundTo(value: number, step: number): number {
  return Math.round(Math.round(value / step) * step * 1000) / 1000;
}
