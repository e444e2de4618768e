import type { CatalogueCard, ModelCard } from '@diorama/contract';
import {
  drawModelPicture,
  listModelGraphs,
  type ModelFacts,
  type ModelGraph,
  makerOf,
  parseModelGraph,
  readersOf,
  readModelFacts,
  readModelGraph,
} from '@diorama/fixtures';
import { fitModelSize, listCatalogue } from '@diorama/runtime';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { fillPlanes } from '../../runtime/src/shared/model-tensors.ts';
import { fit } from '../src/steps/fit.ts';
import { intake } from '../src/steps/intake.ts';

const cards = await listCatalogue();
const graphIds = await listModelGraphs();

/** Operators that change every sample alike: at a graph's input they are a normalisation of its own. */
const ARITHMETIC = ['Sub', 'Add', 'Mul', 'Div'];
/** The last operator of the graphs whose output means this. */
const MAKERS = {
  disparity: ['Relu'],
  distance: [],
  'depth-metres': ['Mul', 'ReduceSum'],
  alpha: ['Sigmoid'],
  'alpha-logits': ['Conv'],
  'subject-probability': [],
} satisfies Record<CatalogueCard['outputs'][number]['meaning'], string[]>;

/** Of the authors' answers, in 255ths: theirs are rounded or cut to bytes here and there, ours always rounded. */
const TOLERANCE = 1.6;
/** MODNet's authors enlarge by areas, which leaves steps; Diorama enlarges smoothly. */
const STEPPED_TOLERANCE = 4.5;

function cardOf(id: string): CatalogueCard {
  const card = cards.find((candidate) => candidate.id === id);
  if (!card) throw new Error(`There is no card of ${id}.`);
  return card;
}

const graphs = new Map<string, Promise<ModelGraph>>();

function graphOf(id: string): Promise<ModelGraph> {
  const graph = graphs.get(id) ?? readModelGraph(id).then(parseModelGraph);
  graphs.set(id, graph);
  return graph;
}

/** What the fitting reads of a card, whether or not its file is here. */
const asModelCard = (card: CatalogueCard) => card as unknown as ModelCard;

it('there is a card for each graph, and a graph for each card', () => {
  expect(cards.map(({ id }) => id)).toEqual([...graphIds]);
});

describe.each(graphIds)('the card of %s', (id) => {
  it('names an input of the graph, in its shape', async () => {
    const { input } = cardOf(id);
    const { inputs } = await graphOf(id);
    expect(inputs.map(({ name }) => name)).toEqual([input.name]);
    const [batch, channels, height, width] = inputs[0]?.dims ?? [];
    expect([batch, channels]).toEqual([1, 3]);
    const { size } = input;
    if (size.policy === 'fixed') {
      // Two graphs say that they take any size, and break at any but one: the fixtures' facts tell which.
      expect([width ?? size.width, height ?? size.height]).toEqual([size.width, size.height]);
    } else {
      expect([width, height]).toEqual([undefined, undefined]);
    }
  });

  it('names outputs of the graph, which come out of what they mean', async () => {
    const { outputs } = cardOf(id);
    const graph = await graphOf(id);
    for (const { name, meaning } of outputs) {
      expect(graph.outputs.map((output) => output.name)).toContain(name);
      expect(MAKERS[meaning]).toContain(makerOf(graph, name)?.operator);
    }
  });

  it('asks for multiples of what the graph steps by', async () => {
    const { size, name } = cardOf(id).input;
    const graph = await graphOf(id);
    const steps = stepsAt(graph, name);
    expect(steps.length).toBeGreaterThan(0);
    for (const step of steps) {
      for (const sidePx of size.policy === 'fixed' ? [size.width, size.height] : [size.multiple]) {
        expect(sidePx % step).toBe(0);
      }
    }
  });

  it('normalises where the graph does not', async () => {
    const { name, mean, std } = cardOf(id).input;
    const graph = await graphOf(id);
    const isInside = readersOf(graph, name).some(({ operator }) => ARITHMETIC.includes(operator));
    const isOutside = [...mean, ...std].join() !== '0,0,0,1,1,1';
    // The makers of BEN2 say so of their ONNX file: neither.
    if (id === 'ben2-base') expect([isInside, isOutside]).toEqual([false, false]);
    else expect(isOutside).toBe(!isInside);
  });

  it('says what its authors say', async () => {
    const { input, outputs, origin } = cardOf(id);
    const facts = await readModelFacts(id);
    expect(input).toMatchObject({
      name: facts.input.name,
      size: facts.size,
      channelOrder: facts.channelOrder,
      mean: facts.mean,
      std: facts.std,
    });
    expect(input.range ?? 'byte').toBe(facts.range);
    expect(outputs).toEqual(facts.outputs.map(withoutFalse));
    expect(origin.readFrom).toEqual(facts.readFrom);
  });

  it('makes the input that the authors’ own code makes of a picture', async () => {
    const card = cardOf(id);
    const facts = await readModelFacts(id);
    expect(facts.cases.length).toBeGreaterThanOrEqual(4);
    for (const example of facts.cases) {
      expect(fitModelSize(asModelCard(card), example.photo)).toEqual(example.input);
      const isStepped = id === 'modnet' && example.input.width > example.photo.width;
      const tolerance = isStepped ? STEPPED_TOLERANCE : TOLERANCE;
      expect(await largestDifference(card, example)).toBeLessThan(tolerance);
    }
  });
});

/** How far our input lies from the authors' at the samples of a case, in 255ths of a sample. */
async function largestDifference(
  card: CatalogueCard,
  { photo, samples }: ModelFacts['cases'][number],
): Promise<number> {
  const { data, channels, ...size } = drawModelPicture(photo);
  const png = await sharp(data, { raw: { ...size, channels: 3 } })
    .png()
    .toBuffer();
  const { image } = await fit(await intake(png, {}, undefined), asModelCard(card));
  const planes = new Float32Array(image.width * image.height * channels);
  fillPlanes(image, card.input, planes);
  return Math.max(
    ...samples.map(([plane, y, x, value]) => {
      const ours = planes[(plane * image.height + y) * image.width + x] ?? Number.NaN;
      return Math.abs(ours - value) * (card.input.std[plane] ?? 1) * 255;
    }),
  );
}

/** Strides of the convolutions that read the picture, past what only moves or normalises it. */
function stepsAt(graph: ModelGraph, name: string): readonly number[] {
  return readersOf(graph, name).flatMap((node): readonly number[] => {
    if (node.operator === 'Conv') return node.lists.get('strides') ?? [1];
    const isPassing = ['Cast', 'Pad', ...ARITHMETIC].includes(node.operator);
    return isPassing ? stepsAt(graph, node.outputs[0] ?? '') : [];
  });
}

function withoutFalse(output: ModelFacts['outputs'][number]) {
  return Object.fromEntries(Object.entries(output).filter(([, value]) => value !== false));
}
