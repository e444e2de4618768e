import { useKeys } from '../../app/keys/use-keys.ts';
import { useStudioState } from '../../app/studio-context.ts';
import type { WorkLayers } from '../../engine/state.ts';
import { BesideView } from './beside-view.tsx';
import { COMPARED_LAYERS, useCompare } from './compare-store.ts';
import { LAYER_WORDS } from './compare-words.ts';
import { OneView } from './one-view.tsx';

/** The photo against one of its layers. */
export function CompareView() {
  const layers = useStudioState((state) => state.layers);
  const set = useCompare(() => undefined)[1];
  useKeys(
    COMPARED_LAYERS.map((layer) => ({
      keys: LAYER_WORDS[layer].key,
      label: LAYER_WORDS[layer].label,
      group: 'Look',
      run: () => set({ layer }),
    })),
  );
  return layers && <Shown layers={layers} />;
}

function Shown({ layers }: { readonly layers: WorkLayers }) {
  const [layout] = useCompare((settings) => settings.layout);
  return layout === 'beside' ? (
    <BesideView layers={layers} />
  ) : (
    <OneView layers={layers} isDivided={layout === 'divided'} />
  );
}
