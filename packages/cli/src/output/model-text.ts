import type { ModelCard } from '@diorama/contract';
import { tableText } from './table.ts';

/** A table of models, one a line, with what a person may do with each. */
export function modelTable(cards: readonly ModelCard[], defaultId: string): string {
  const rows = [
    ['ID', 'VERSION', 'ANSWERS', 'SIZE', 'LICENCE', 'COMMERCIAL USE'],
    ...cards.map((card) => [
      card.id === defaultId ? `${card.id} (default)` : card.id,
      card.version,
      card.tasks.join(', '),
      megabytes(card.bytes),
      card.licence.spdx,
      commercialUse(card),
    ]),
  ];
  return tableText(rows);
}

/** Everything that the card of a model tells a person. */
export function modelText(card: ModelCard): string {
  const { licence, origin } = card;
  const facts: readonly (readonly [string, string])[] = [
    ['Model', `${card.id} ${card.version}`],
    ['Title', card.title],
    ['Answers', card.outputs.map(({ meaning }) => meaning).join(', ')],
    ['Input', inputText(card)],
    ['Licence', licence.spdx],
    ['Commercial use', commercialUse(card)],
    ['Terms', licence.terms],
    ['Size', `${megabytes(card.bytes)} (${card.bytes} bytes)`],
    ['SHA-256', card.sha256],
    ['Sources', card.sources.map(sourceText).join(', ')],
    ...(origin.paper ? [['Paper', origin.paper] as const] : []),
    ['Training data', origin.trainingData],
    ...origin.knownFaults.map((fault) => ['Known fault', fault] as const),
  ];
  const width = Math.max(...facts.map(([name]) => name.length));
  return facts.map(([name, text]) => `${name.padEnd(width)}  ${text}\n`).join('');
}

function commercialUse(card: ModelCard): string {
  return card.licence.commercialUse ? 'allowed' : 'NOT allowed';
}

function inputText({ input }: ModelCard): string {
  const { size } = input;
  return `${sizeText(size)}, ${input.channelOrder}`;
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

function megabytes(bytes: number): string {
  return `${(bytes / 1e6).toFixed(1)} MB`;
}
