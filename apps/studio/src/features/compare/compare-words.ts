import type { ColourMapName } from '@diorama/core/scene';
import type { CompareDirection, ComparedLayer, CompareLayout } from './compare-store.ts';

/** What each layer is called, and its key. */
export const LAYER_WORDS: Readonly<
  Record<ComparedLayer, { readonly label: string; readonly key: string; readonly hint: string }>
> = {
  depth: { label: 'Depth', key: 'D', hint: 'How far each thing is' },
  matte: { label: 'Matte', key: 'M', hint: 'How much of a pixel is subject' },
  subject: { label: 'Subject', key: 'S', hint: 'The subject in its own colours' },
  plate: { label: 'Plate', key: 'P', hint: 'The background, filled in behind the subject' },
};

export const LAYOUT_WORDS: Readonly<Record<CompareLayout, string>> = {
  divided: 'With a divider',
  beside: 'Side by side',
  alone: 'The layer alone',
};

export const DIRECTION_WORDS: Readonly<Record<CompareDirection, string>> = {
  shape: 'By shape',
  across: 'Across',
  down: 'Down',
};

export const COLOUR_MAP_WORDS: Readonly<Record<ColourMapName, string>> = {
  grey: 'Grey',
  'grey-inverted': 'Inverted',
  turbo: 'Turbo',
  magma: 'Magma',
  inferno: 'Inferno',
  viridis: 'Viridis',
};
