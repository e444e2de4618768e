import type { AccuracyReport } from '@diorama/contract';
import { DEPTH_FIGURES, MATTE_FIGURES } from '../run/accuracy-tally.ts';
import { tableText } from './table.ts';
import { countText, oneLine } from './text.ts';

type MatteReport = NonNullable<AccuracyReport['matte']>;
type DepthReport = NonNullable<AccuracyReport['depth']>;
type SubjectReport = NonNullable<AccuracyReport['subject']>;
type Row = readonly string[];
type AnyFigures = Readonly<Record<string, unknown>>;

const STAGES: Readonly<Record<AccuracyReport['stage'], string>> = {
  prediction: "the network's answer, brought to the photo's size bilinearly",
  layers: "the layers, refined at the photo's size",
};

const SUBJECT_FIGURES = ['noSubjectFound', 'subjectRefused'] as const;

/** The figures as a person reads them, baselines under each. */
export function accuracyText(report: AccuracyReport): string {
  const { model, depthModel, stage, matte, depth, subject, failed } = report;
  const parts = [
    `Model ${model.id} ${model.version}${depthModel ? `, depth from ${depthModel.id} ${depthModel.version},` : ''} ` +
      `on ${model.provider}. Stage ${stage}: ${STAGES[stage]}.\n`,
    matte ? matteText(matte, report) : '',
    depth ? depthText(depth, report) : '',
    subject ? subjectText(subject, report) : '',
    failed.length > 0
      ? `Not in these figures, since it failed: ${countText(failed.length, 'file')}.\n`
      : '',
  ];
  return parts.filter(Boolean).join('\n');
}

function matteText(matte: MatteReport, { subjectThreshold }: AccuracyReport): string {
  const { n, nBoundary } = matte;
  const rowsOf = (name: string, of: Omit<MatteReport, 'sources' | 'files'>): Row[] => [
    [name, String(of.n), ...cells(of, MATTE_FIGURES)],
    ...(name === 'all' ? [['  ungated', '', ...cells(of.ungated, MATTE_FIGURES)]] : []),
    ['  everything background', '', ...cells(of.baselines.background, MATTE_FIGURES)],
  ];
  return (
    `Matte: ${countText(n, 'photo')}, means over photos; boundaryF, gradient and halo over the ${nBoundary} whose ` +
    `boundary is known.\nAs answered: empty where the subject is less sure than ${subjectThreshold}; ungated: not so.\n` +
    tableText([['source', 'n', ...MATTE_FIGURES], ...sourceRows(matte, rowsOf)], 1)
  );
}

function depthText(depth: DepthReport, { pairs }: AccuracyReport): string {
  const { n, nMetric, nBoundary, sources } = depth;
  const rowsOf = (name: string, of: Omit<DepthReport, 'sources' | 'files'>): Row[] => [
    [name, String(of.n), String(of.nBoundary), ...cells(of, DEPTH_FIGURES)],
    ['  vertical ramp', '', '', ...cells(of.baselines.ramp, DEPTH_FIGURES)],
  ];
  const head = ['source', 'n', 'mattes', ...DEPTH_FIGURES];
  return (
    `Depth: ${countText(n, 'photo')} with a true depth, ${n - nMetric} of them good for order only, and ` +
    `${countText(nBoundary, 'true matte')} for boundaryRecall; means over ` +
    `${countText(Object.keys(sources).length, 'source')}, those that have the figure.\n` +
    `${pairs.perPhoto} pairs drawn in each photo (seed ${pairs.seed}), judged where depths differ by over ` +
    `${pairs.ratio}; same row: within ${pairs.sameRow * 100} % of the height.\n` +
    tableText([head, ...sourceRows(depth, rowsOf)], 1)
  );
}

function subjectText(subject: SubjectReport, { subjectThreshold }: AccuracyReport): string {
  const { nNoSubject, nSubject } = subject;
  const rows = [
    ['', ...SUBJECT_FIGURES],
    ['all', ...cells(subject, SUBJECT_FIGURES)],
    ['  always a subject', ...cells(subject.baselines.always, SUBJECT_FIGURES)],
    ['  never a subject', ...cells(subject.baselines.never, SUBJECT_FIGURES)],
  ];
  return (
    `Subject: ${countText(nNoSubject, 'photo')} without, ${nSubject} with a subject; "no subject" is answered below ` +
    `${subjectThreshold}.\n${tableText(rows, 1)}`
  );
}

function sourceRows<G extends object>(
  report: G & { readonly sources: Readonly<Record<string, G>> },
  rowsOf: (name: string, of: G) => Row[],
): Row[] {
  const sources = Object.entries(report.sources);
  return [...sources.flatMap(([name, of]) => rowsOf(oneLine(name), of)), ...rowsOf('all', report)];
}

function cells(figures: AnyFigures, names: readonly string[]): string[] {
  return names.map((name) => {
    const value = figures[name];
    return typeof value === 'number' ? value.toFixed(3) : '-';
  });
}
