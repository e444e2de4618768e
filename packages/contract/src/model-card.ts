import { z } from 'zod';

/** How a photo's size becomes the model's input size. All in pixels. */
const inputSizeSchema = z.discriminatedUnion('policy', [
  z.object({
    policy: z.literal('multiple-of'),
    multiple: z.int().positive(),
    longSide: z.int().positive(),
  }),
  z.object({ policy: z.literal('fixed'), width: z.int().positive(), height: z.int().positive() }),
]);

const outputSchema = z.object({
  name: z.string().min(1),
  meaning: z.enum(['disparity', 'depth-metres', 'alpha', 'alpha-logits', 'subject-probability']),
});

const sourceSchema = z.discriminatedUnion('kind', [
  /** A file inside @diorama/runtime, relative to its `models` folder and never outside of it. */
  z.object({
    kind: z.literal('embedded'),
    path: z.string().regex(/^[\w-][\w.-]*(\/[\w-][\w.-]*)*$/, 'must stay inside the models folder'),
  }),
  z.object({ kind: z.literal('file'), path: z.string().min(1) }),
]);

/** The outputs of which a task needs at least one. */
const NEEDED_BY = {
  depth: ['disparity', 'depth-metres'],
  matte: ['alpha', 'alpha-logits'],
} as const;

const cardFieldsSchema = z.object({
  id: z.string().regex(/^[a-z0-9][a-z0-9-]*$/),
  version: z.string().min(1),
  title: z.string().min(1),
  tasks: z.array(z.enum(['depth', 'matte'])).min(1),
  input: z.object({
    name: z.string().min(1),
    size: inputSizeSchema,
    layout: z.literal('nchw'),
    channelOrder: z.enum(['rgb', 'bgr']),
    /** Applied to samples 0..1: `(sample - mean) / std`, in channel order. */
    mean: z.tuple([z.number(), z.number(), z.number()]),
    std: z.tuple([z.number().positive(), z.number().positive(), z.number().positive()]),
  }),
  outputs: z.array(outputSchema).min(1),
  licence: z.object({
    spdx: z.string().min(1),
    commercialUse: z.boolean(),
    terms: z.string().min(1),
  }),
  sources: z.array(sourceSchema).min(1),
  bytes: z.int().positive(),
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
  origin: z.object({
    paper: z.string().optional(),
    trainingData: z.string().min(1),
    knownFaults: z.array(z.string()),
  }),
});

/** The manifest of a model: what it answers, how it wants its input, whose terms it carries. */
export const modelCardSchema = cardFieldsSchema.superRefine((card, context) => {
  for (const task of card.tasks) {
    const needed: readonly string[] = NEEDED_BY[task];
    const given = card.outputs.filter((output) => needed.includes(output.meaning));
    if (given.length === 1) continue;
    const message = `task ${task} needs exactly one output that means ${needed.join(' or ')}`;
    context.addIssue({ code: 'custom', path: ['outputs'], message });
  }
});

export type ModelCard = z.infer<typeof modelCardSchema>;
export type ModelTask = ModelCard['tasks'][number];
export type ModelOutputMeaning = z.infer<typeof outputSchema>['meaning'];
