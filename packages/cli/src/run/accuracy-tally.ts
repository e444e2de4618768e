import type { AccuracyReport } from '@diorama/contract';
import { type Figures, meanFigures, subjectShares } from '@diorama/core/accuracy';
import type { PhotoMeasure } from './photo-measure.ts';

export const MATTE_FIGURES = [
  'iou',
  'mae',
  'maxF',
  'sMeasure',
  'boundaryF',
  'sad',
  'gradient',
  'halo',
] as const;
export const DEPTH_FIGURES = [
  'ordinal',
  'ordinalSameRow',
  'absRel',
  'delta1',
  'boundaryRecall',
] as const;

type MatteName = (typeof MATTE_FIGURES)[number];
type DepthName = (typeof DEPTH_FIGURES)[number];
type MatteReport = NonNullable<AccuracyReport['matte']>;
type DepthReport = NonNullable<AccuracyReport['depth']>;
type SubjectReport = NonNullable<AccuracyReport['subject']>;

interface MatteRow extends Figures<MatteName> {
  readonly ungated: Figures<MatteName>;
  readonly baselines: { readonly background: Figures<MatteName> };
}

interface DepthRow extends Figures<DepthName> {
  readonly baselines: { readonly ramp: Figures<DepthName> };
}

/** The figures of all photos, of each source and of each photo. Photos are counted in the order of their names. */
export function tally(
  measures: readonly PhotoMeasure[],
): Pick<AccuracyReport, 'matte' | 'depth' | 'subject' | 'measured'> {
  const inOrder = [...measures].sort((a, b) => (a.photo.file < b.photo.file ? -1 : 1));
  const matte = tallyMattes(inOrder);
  const depth = tallyDepths(inOrder);
  const subject = tallySubjects(inOrder);
  return {
    measured: measures.length,
    ...(matte ? { matte } : {}),
    ...(depth ? { depth } : {}),
    ...(subject ? { subject } : {}),
  };
}

function tallyMattes(measures: readonly PhotoMeasure[]): MatteReport | undefined {
  const files = measures.flatMap(({ photo, matte }) =>
    matte
      ? {
          file: photo.file,
          source: photo.source,
          ...rounded(matte.answer, MATTE_FIGURES),
          ungated: rounded(matte.ungated, MATTE_FIGURES),
          baselines: { background: rounded(matte.background, MATTE_FIGURES) },
        }
      : [],
  );
  if (files.length === 0) return undefined;
  const group = (rows: readonly MatteRow[]) => ({
    n: rows.length,
    nBoundary: rows.filter((row) => row.boundaryF !== undefined).length,
    ...meanMatte(rows),
  });
  return { ...group(files), sources: bySource(files, group), files };
}

function tallyDepths(measures: readonly PhotoMeasure[]): DepthReport | undefined {
  const files = measures.flatMap(({ photo, depth }) =>
    depth
      ? {
          file: photo.file,
          source: photo.source,
          ...rounded(depth.answer, DEPTH_FIGURES),
          baselines: { ramp: rounded(depth.ramp, DEPTH_FIGURES) },
        }
      : [],
  );
  if (files.length === 0) return undefined;
  const truths = new Set(
    measures.flatMap(({ photo }) => (photo.depthPath === undefined ? [] : photo.file)),
  );
  const counts = (rows: readonly (DepthRow & { readonly file: string })[]) => ({
    n: rows.filter(({ file }) => truths.has(file)).length,
    nMetric: rows.filter((row) => row.absRel !== undefined).length,
    nBoundary: rows.filter((row) => row.boundaryRecall !== undefined).length,
  });
  const sources = bySource(files, (rows) => ({ ...counts(rows), ...meanDepth(rows) }));
  return { ...counts(files), ...meanDepth(Object.values(sources)), sources, files };
}

function tallySubjects(measures: readonly PhotoMeasure[]): SubjectReport | undefined {
  const files = measures.flatMap(({ photo, subject }) =>
    subject
      ? {
          file: photo.file,
          source: photo.source,
          ...subject,
          confidence: roundFigure(subject.confidence),
        }
      : [],
  );
  if (files.length === 0) return undefined;
  const group = (rows: readonly (typeof files)[number][]) => {
    const answeredBy = (isFound: boolean) => rows.map((row) => ({ ...row, isFound }));
    return {
      n: rows.length,
      nNoSubject: rows.filter(({ hasSubject }) => !hasSubject).length,
      nSubject: rows.filter(({ hasSubject }) => hasSubject).length,
      ...subjectShares(rows),
      baselines: {
        always: subjectShares(answeredBy(true)),
        never: subjectShares(answeredBy(false)),
      },
    };
  };
  return { ...group(files), sources: bySource(files, group), files };
}

function meanMatte(rows: readonly MatteRow[]): MatteRow {
  const mean = (of: readonly Figures<MatteName>[]) =>
    rounded(meanFigures(of, MATTE_FIGURES), MATTE_FIGURES);
  return {
    ...mean(rows),
    ungated: mean(rows.map(({ ungated }) => ungated)),
    baselines: { background: mean(rows.map(({ baselines }) => baselines.background)) },
  };
}

function meanDepth(rows: readonly DepthRow[]): DepthRow {
  const mean = (of: readonly Figures<DepthName>[]) =>
    rounded(meanFigures(of, DEPTH_FIGURES), DEPTH_FIGURES);
  return {
    ...mean(rows),
    baselines: { ramp: mean(rows.map(({ baselines }) => baselines.ramp)) },
  };
}

function bySource<R extends { readonly source: string }, G>(
  rows: readonly R[],
  group: (rows: readonly R[]) => G,
): Record<string, G> {
  const sources = new Map<string, R[]>();
  for (const row of rows) sources.set(row.source, [...(sources.get(row.source) ?? []), row]);
  const inOrder = [...sources].sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(inOrder.map(([source, own]) => [source, group(own)]));
}

/** The figures alone, each to a millionth: further digits tell nothing. */
function rounded<Name extends string>(from: Figures<Name>, names: readonly Name[]): Figures<Name> {
  const figures: Partial<Record<Name, number>> = {};
  for (const name of names) {
    const value = from[name];
    if (value !== undefined) figures[name] = roundFigure(value);
  }
  return figures;
}

function roundFigure(value: number): number {
  return Math.round(value * 1e6) / 1e6;
}
