import type { WireSchema } from '../wire-schema.ts';

const count = { type: 'integer', minimum: 0 } as const;

function exactly(properties: Record<string, WireSchema>, optional: string[] = []): WireSchema {
  const required = Object.keys(properties).filter((name) => !optional.includes(name));
  return { type: 'object', properties, required, additionalProperties: false };
}

export type CompatibleName = 'RemoveBgErrors' | 'RemoveBgResult' | 'RemoveBgAccount' | 'RembgError';

/** Documents in the shape of other services, by their names among the components. */
export const COMPATIBLE_SCHEMAS: Readonly<Record<CompatibleName, WireSchema>> = {
  RemoveBgErrors: exactly({
    errors: {
      type: 'array',
      minItems: 1,
      items: exactly(
        { title: { type: 'string' }, code: { type: 'string' }, detail: { type: 'string' } },
        ['detail'],
      ),
    },
  }),
  RemoveBgResult: exactly({
    data: exactly({
      result_b64: { type: 'string', contentEncoding: 'base64' },
      foreground_top: count,
      foreground_left: count,
      foreground_width: count,
      foreground_height: count,
    }),
  }),
  RemoveBgAccount: exactly({
    data: exactly({
      attributes: exactly({
        credits: exactly({
          total: count,
          subscription: count,
          payg: count,
          enterprise: count,
        }),
        api: exactly({ free_calls: count, sizes: { type: 'string' } }),
      }),
    }),
  }),
  RembgError: exactly({
    detail: {
      anyOf: [
        { type: 'string' },
        {
          type: 'array',
          items: exactly({
            type: { type: 'string' },
            loc: { type: 'array', items: { type: 'string' } },
            msg: { type: 'string' },
          }),
        },
      ],
    },
  }),
};

/** A pointer to one of them. */
export function compatibleRef(name: CompatibleName): { readonly $ref: string } {
  return { $ref: `#/components/schemas/${name}` };
}
