import { z } from 'zod';
import { answeringModelSchema } from './layers-document.ts';
import { problemDocumentSchema } from './problem-document.ts';

/** How far along the way of a photo the answer is measured. */
export const ACCURACY_STAGES = ['prediction', 'layers'] as const;
export type AccuracyStage = (typeof ACCURACY_STAGES)[number];

const share = z.number().min(0).max(1);
const amount = z.number().nonnegative();
const count = z.int().nonnegative();

/** Figures that could not be had are absent. What each means: packages/core/src/accuracy. */
const matteFiguresSchema = z.object({
  iou: share.optional(),
  mae: share.optional(),
  maxF: share.optional(),
  sMeasure: share.optional(),
  boundaryF: share.optional(),
  sad: amount.optional(),
  gradient: amount.optional(),
  halo: share.optional(),
});

const depthFiguresSchema = z.object({
  ordinal: share.optional(),
  ordinalSameRow: share.optional(),
  absRel: amount.optional(),
  delta1: share.optional(),
  boundaryRecall: share.optional(),
});

const subjectFiguresSchema = z.object({
  /** Of the photos without a subject, those answered "no subject". */
  noSubjectFound: share.optional(),
  /** Of the photos with a subject, those answered "no subject". */
  subjectRefused: share.optional(),
});

/** What a person gets, and beside it the matte whatever the model says of a subject, and the emptiest answer. */
const measuredMatteSchema = matteFiguresSchema.extend({
  ungated: matteFiguresSchema,
  baselines: z.object({ background: matteFiguresSchema }),
});

const measuredDepthSchema = depthFiguresSchema.extend({
  /** A ramp from the top, far, to the foot, near. */
  baselines: z.object({ ramp: depthFiguresSchema }),
});

const measuredSubjectSchema = subjectFiguresSchema.extend({
  /** Who always, and who never finds a subject. */
  baselines: z.object({ always: subjectFiguresSchema, never: subjectFiguresSchema }),
});

const fileSchema = z.object({
  /** The photo's path in the folder, with forward slashes. */
  file: z.string(),
  /** What stands before `__` in its name. */
  source: z.string(),
});

const matteCounts = {
  n: count,
  /** Those whose truth has a boundary that is known all round; boundaryF, gradient and halo are theirs. */
  nBoundary: count,
};

const depthCounts = {
  /** Photos with a true depth. */
  n: count,
  /** Those whose truth is good for more than order; absRel and delta1 are theirs. */
  nMetric: count,
  /** Photos with a true matte, by which boundaryRecall is measured. */
  nBoundary: count,
};

const subjectCounts = {
  n: count,
  nNoSubject: count,
  nSubject: count,
};

/** What `diorama eval DIR --json FILE` writes: figures of all photos, of each source and of each photo. */
export const accuracyReportSchema = z.object({
  version: z.literal(1),
  stage: z.enum(ACCURACY_STAGES),
  model: answeringModelSchema,
  /** What answered the depth, where it is another. */
  depthModel: answeringModelSchema.optional(),
  /** From this confidence on the answer is that there is a subject. */
  subjectThreshold: share,
  /** How the pairs for ordinal and ordinalSameRow are drawn and judged. */
  pairs: z.object({
    perPhoto: count,
    seed: count,
    ratio: z.number().positive(),
    sameRow: share,
  }),
  /** Means over photos. */
  matte: measuredMatteSchema
    .extend({
      ...matteCounts,
      sources: z.record(z.string(), measuredMatteSchema.extend(matteCounts)),
      files: z.array(fileSchema.extend(measuredMatteSchema.shape)),
    })
    .optional(),
  /** Means over sources. */
  depth: measuredDepthSchema
    .extend({
      ...depthCounts,
      sources: z.record(z.string(), measuredDepthSchema.extend(depthCounts)),
      files: z.array(fileSchema.extend(measuredDepthSchema.shape)),
    })
    .optional(),
  /** Shares of photos. */
  subject: measuredSubjectSchema
    .extend({
      ...subjectCounts,
      sources: z.record(z.string(), measuredSubjectSchema.extend(subjectCounts)),
      files: z.array(
        fileSchema.extend({ hasSubject: z.boolean(), isFound: z.boolean(), confidence: share }),
      ),
    })
    .optional(),
  /** Photos that were measured. */
  measured: count,
  /** What could not be, and why. */
  failed: z.array(z.object({ file: z.string(), problem: problemDocumentSchema })),
});

export type AccuracyReport = z.infer<typeof accuracyReportSchema>;
