import type { CatalogueCard, CatalogueSource, ModelCard } from '@diorama/contract';
import { commercialUse, megabytes } from './model-table.ts';
import { oneLine } from './text.ts';

type Fact = readonly [string, string];

/** Everything that the card of a model that is here tells a person. */
export function modelText(card: ModelCard): string {
  return factsText([
    ...headOf(card),
    ...licenceOf(card.licence),
    ...(card.acceptedLicence ? [['Accepted', card.acceptedLicence] as const] : []),
    ['Size', `${megabytes(card.bytes)} (${card.bytes} bytes)`],
    ['SHA-256', card.sha256],
    ['Sources', card.sources.map(sourceText).join(', ')],
    ...originOf(card),
  ]);
}

/** The same of a model that can be fetched, with how. `commands` has one for each source, or one for a file of one's own. */
export function catalogueText(card: CatalogueCard, commands: readonly string[]): string {
  const { checkpoint } = card;
  return factsText([
    ...headOf(card),
    ['State', card.sources.length > 0 ? 'can be pulled' : 'its file has to be made'],
    ...licenceOf(card.licence),
    ...card.sources.flatMap((source, at) => catalogueSource(source, commands[at] ?? '')),
    ...(checkpoint
      ? ([
          ['Checkpoint', checkpoint.url],
          ...(checkpoint.sha256 ? [['  SHA-256', checkpoint.sha256] as const] : []),
          ['  How', checkpoint.how],
        ] as const)
      : []),
    ...(card.sources.length === 0 ? [['Then', commands[0] ?? ''] as const] : []),
    ...originOf(card),
  ]);
}

function headOf(card: ModelCard | CatalogueCard): readonly Fact[] {
  return [
    ['Model', `${card.id} ${card.version}`],
    ['Title', card.title],
    ...(card.goodFor ? [['Good for', card.goodFor] as const] : []),
    ['Answers', card.outputs.map(({ meaning }) => meaning).join(', ')],
    ['Input', inputText(card)],
  ];
}

function licenceOf(licence: ModelCard['licence'], indent = ''): readonly Fact[] {
  return [
    [`${indent}Licence`, licence.spdx],
    [`${indent}Commercial use`, commercialUse(licence)],
    [`${indent}Terms`, licence.terms],
  ];
}

function catalogueSource(source: CatalogueSource, command: string): readonly Fact[] {
  return [
    ['Source', sourceText(source)],
    ...(source.licence ? licenceOf(source.licence, '  ') : []),
    ...(source.bytes === undefined ? [] : [['  Size', megabytes(source.bytes)] as const]),
    ['  SHA-256', source.sha256 ?? 'nobody published one; what comes the first time is kept to'],
    ['  Pull', command],
  ];
}

function originOf({ origin }: ModelCard | CatalogueCard): readonly Fact[] {
  return [
    ...(origin.paper ? [['Paper', origin.paper] as const] : []),
    ['Training data', origin.trainingData],
    ...(origin.readFrom ?? []).map((file) => ['Read from', file] as const),
    ...origin.knownFaults.map((fault) => ['Known fault', fault] as const),
  ];
}

/** Cards may be anyone's, and a terminal obeys what it is shown. */
function factsText(facts: readonly Fact[]): string {
  const width = Math.max(...facts.map(([name]) => name.length));
  return facts.map(([name, text]) => `${name.padEnd(width)}  ${oneLine(text)}\n`).join('');
}

function inputText({ input }: ModelCard | CatalogueCard): string {
  return `${sizeText(input.size)}, ${input.channelOrder}`;
}

function sizeText(size: ModelCard['input']['size']): string {
  if (size.policy === 'fixed') return `${size.width}x${size.height}`;
  const sides = `both sides a multiple of ${size.multiple}`;
  if (size.policy === 'multiple-of') return `long side ${size.longSide}, ${sides}`;
  return `scaled to ${size.width}x${size.height} (${size.scale}), ${sides}`;
}

function sourceText(source: ModelCard['sources'][number]): string {
  if (source.kind === 'https') return source.url;
  if (source.kind === 'package') return `package ${source.name} ${source.version}`;
  return `${source.kind}: ${source.path}`;
}
