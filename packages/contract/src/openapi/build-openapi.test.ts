import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, it } from 'vitest';
import { PROBLEMS } from '../problems.ts';
import { buildOpenApi } from './build-openapi.ts';

const document = buildOpenApi();
const operations = Object.entries(document.paths).flatMap(([path, item]) =>
  Object.entries(item).map(([method, operation]) => ({ path, method, operation })),
);

/** Every value inside a document that is an object, with where it is. */
function* objectsIn(value: unknown, at = '#'): Generator<[string, Record<string, unknown>]> {
  if (typeof value !== 'object' || value === null) return;
  yield [at, value as Record<string, unknown>]; // an object, or an array, which has no `$ref`
  for (const [key, inner] of Object.entries(value)) yield* objectsIn(inner, `${at}/${key}`);
}

function pointed(ref: string): unknown {
  const keys = ref.slice(2).split('/');
  return keys.reduce<unknown>((at, key) => (at as Record<string, unknown>)?.[key], document);
}

describe('the OpenAPI document', () => {
  it('is the one in docs/openapi.json; npm run docs:openapi writes it anew', () => {
    const url = new URL('../../../../docs/openapi.json', import.meta.url);
    expect(JSON.parse(readFileSync(url, 'utf8'))).toEqual(JSON.parse(JSON.stringify(document)));
  });

  it('points to what is there, and has nothing that is pointed to by nobody', () => {
    const refs = [...objectsIn(document)].flatMap(([, { $ref }]) =>
      typeof $ref === 'string' ? [$ref] : [],
    );
    for (const ref of refs) expect(pointed(ref), ref).toBeTypeOf('object');
    for (const kind of [
      'schemas',
      'parameters',
      'headers',
      'requestBodies',
      'responses',
    ] as const) {
      for (const name of Object.keys(document.components[kind])) {
        expect(refs, name).toContain(`#/components/${kind}/${name}`);
      }
    }
  });

  it('holds schemas of JSON Schema 2020-12, and examples that they allow', () => {
    const ajv = new Ajv2020({ strict: false, validateFormats: false });
    ajv.addSchema({ $id: 'openapi', components: document.components });
    const check = (schema: unknown) =>
      ajv.compile(JSON.parse(JSON.stringify(schema).replaceAll('"#/', '"openapi#/')));
    for (const [at, value] of objectsIn(document)) {
      if (!('schema' in value)) continue;
      const validate = check(value['schema']);
      if (!('example' in value)) continue;
      expect(validate(value['example']), `${at}: ${ajv.errorsText(validate.errors)}`).toBe(true);
    }
    for (const schema of Object.values(document.components.schemas)) check(schema);
  });

  it('names every operation once, says what it is for, and every variable of its address', () => {
    const ids = operations.map(({ operation }) => operation.operationId);
    expect(new Set(ids).size).toBe(ids.length);
    const tags = document.tags.map(({ name }) => name);
    for (const { path, operation } of operations) {
      expect(tags).toEqual(expect.arrayContaining([...operation.tags]));
      const variables = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
      const named = (operation.parameters ?? [])
        .map((one) => ('$ref' in one ? pointed(one.$ref) : one) as { in: string; name: string })
        .flatMap((one) => (one.in === 'path' ? [one.name] : []));
      expect(named).toEqual(variables);
    }
  });

  it('says of each refusal its status and the codes that it can have', () => {
    for (const [name, { content }] of Object.entries(document.components.responses)) {
      const codes = name.split('.');
      const schema = JSON.stringify(content?.['application/problem+json']?.schema);
      for (const code of codes) expect(schema).toContain(`"${code}"`);
      const statuses = new Set(
        codes.map((code) => PROBLEMS[code as keyof typeof PROBLEMS].status), // as the name says
      );
      expect(statuses.size).toBe(1);
      expect(schema).toContain(`"const":${[...statuses][0]}`);
    }
  });
});
