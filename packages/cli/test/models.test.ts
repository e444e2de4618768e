import { modelCardSchema } from '@diorama/contract';
import { expect, test } from 'vitest';
import { diorama, newFolder } from './diorama-process.ts';

test('the list of models says what each may be used for', async () => {
  const folder = await newFolder();

  const text = await diorama(folder, 'models', 'list');
  const json = await diorama(folder, 'models', 'list', '--json');

  expect([text.exitCode, json.exitCode]).toEqual([0, 0]);
  const cards = modelCardSchema.array().parse(JSON.parse(json.stdout.toString()));
  const [head, ...rows] = text.stdout.toString().trim().split('\n');
  expect(head).toMatch(/^ID +VERSION +ANSWERS +SIZE +LICENCE +COMMERCIAL USE$/);
  expect(rows).toHaveLength(cards.length);
  for (const [at, card] of cards.entries()) {
    expect(rows[at]).toContain(card.id);
    expect(rows[at]).toContain(card.licence.spdx);
    expect(rows[at]).toMatch(card.licence.commercialUse ? / allowed$/ : / NOT allowed$/);
  }
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
