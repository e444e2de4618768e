import { z } from 'zod';
import { jobDocumentSchema } from '../job-document.ts';
import { layersDocumentSchema } from '../layers-document.ts';
import { layersAnswerSchema, readinessSchema } from '../layers-request.ts';
import { modelListSchema, servedModelSchema } from '../model-list.ts';
import { predictionDocumentSchema } from '../prediction-document.ts';
import { sealKeysAnswerSchema } from '../predictor/seal-keys.ts';
import { problemDocumentSchema } from '../problem-document.ts';
import { progressSchema } from '../progress.ts';
import { type WireSchema, wireSchemas } from '../wire-schema.ts';

const DOCUMENTS = {
  Job: jobDocumentSchema,
  Layers: layersDocumentSchema,
  LayersWithFiles: layersAnswerSchema,
  Model: servedModelSchema,
  ModelList: modelListSchema,
  Prediction: predictionDocumentSchema,
  Problem: problemDocumentSchema,
  Progress: progressSchema,
  Readiness: readinessSchema,
  SealKeys: sealKeysAnswerSchema,
} as const;
export type DocumentName = keyof typeof DOCUMENTS;

/** Every document that the service answers as JSON Schema, by its name among the components. */
export function documentSchemas(): Readonly<Record<string, WireSchema>> {
  const registry = z.registry<{ id: string }>();
  for (const [id, schema] of Object.entries(DOCUMENTS)) registry.add(schema, { id });
  const uri = (id: string) => `#/components/schemas/${id}`;
  const { schemas } = z.toJSONSchema(registry, { uri, override: simplify });
  return Object.fromEntries(
    Object.entries(schemas).map(([id, { $id: _id, $schema: _dialect, ...schema }]) => [id, schema]),
  );
}

/** A pointer to one of them. */
export function documentRef(name: DocumentName): { readonly $ref: string } {
  return { $ref: `#/components/schemas/${name}` };
}

/** The options that a query schema takes, as they stand in an address. */
export function optionSchemas(query: z.ZodObject): Readonly<Record<string, WireSchema>> {
  const { properties } = z.toJSONSchema(query, { io: 'input', override: simplify });
  return Object.fromEntries(
    Object.entries(properties ?? {}).flatMap(([name, schema]) =>
      typeof schema === 'boolean' ? [] : [[name, schema]],
    ),
  );
}

function simplify(context: { zodSchema: z.core.$ZodType; jsonSchema: WireSchema }): void {
  const { zodSchema, jsonSchema } = context;
  const wire = wireSchemas.get(zodSchema);
  if (wire !== undefined) {
    for (const key of Object.keys(jsonSchema)) delete jsonSchema[key];
    Object.assign(jsonSchema, wire);
  }
  const [first, ...rest] = jsonSchema.prefixItems ?? [];
  if (first !== undefined && rest.every((one) => JSON.stringify(one) === JSON.stringify(first))) {
    // Three numbers are a list of numbers; more tools know lists than tuples.
    delete jsonSchema.prefixItems;
    jsonSchema.items = first;
  }
  // What every whole number of JavaScript obeys says nothing of this one.
  if (jsonSchema.maximum === Number.MAX_SAFE_INTEGER) delete jsonSchema.maximum;
  // The format says it, and is shorter.
  if (jsonSchema.format === 'date-time') delete jsonSchema.pattern;
}
