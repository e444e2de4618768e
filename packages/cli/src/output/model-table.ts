import type { CatalogueCard, ModelCard, ModelLicence } from '@diorama/contract';
import { tableText } from './table.ts';
import { oneLine } from './text.ts';

interface Listed {
  readonly id: string;
}

/** One element of what `models list --json` prints. */
export type ListedModel =
  | (Listed & {
      /** `embedded` comes with Diorama, `stored` was pulled or imported. */
      readonly state: 'embedded' | 'stored';
      readonly licence: ModelLicence;
      readonly card: ModelCard;
    })
  | (Listed & {
      /** `available` can be fetched; of `to-make` only a checkpoint in another format is published. */
      readonly state: 'available' | 'to-make';
      /** Of the source that is taken unless another is asked for. */
      readonly licence: ModelLicence;
      readonly card: CatalogueCard;
      readonly pull: string;
    })
  | (Listed & { readonly state: 'damaged'; readonly problem: string });

/** A table of models, one a line, with what a person may do with each. */
export function modelTable(models: readonly ListedModel[], defaultId: string): string {
  const rows = models.map((model) => {
    const name = model.id === defaultId ? `${model.id} (default)` : model.id;
    if (model.state === 'damaged') return [oneLine(name), model.state];
    return [
      name,
      model.state,
      model.card.tasks.join(', '),
      sizeOf(model),
      model.licence.spdx,
      commercialUse(model.licence),
    ].map(oneLine);
  });
  const head = ['ID', 'STATE', 'ANSWERS', 'SIZE', 'LICENCE', 'COMMERCIAL USE'];
  const notes = models.flatMap((model) =>
    model.state === 'damaged' ? [`${oneLine(model.problem)}\n`] : [],
  );
  return tableText([head, ...rows]) + notes.join('');
}

function sizeOf({ card }: Extract<ListedModel, { card: unknown }>): string {
  const bytes = 'bytes' in card ? card.bytes : card.sources[0]?.bytes;
  return bytes === undefined ? '' : megabytes(bytes);
}

export function commercialUse({ commercialUse, copyleft }: ModelLicence): string {
  if (!commercialUse) return 'NOT allowed';
  return copyleft ? 'allowed, copyleft' : 'allowed';
}

export function megabytes(bytes: number): string {
  return `${(bytes / 1e6).toFixed(1)} MB`;
}

export function asJson(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}
