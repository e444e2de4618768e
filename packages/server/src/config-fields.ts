import { z } from 'zod';

/** A whole number within bounds. Environment values are text. */
export function whole(min: number, max: number) {
  const error = `must be a whole number from ${min} to ${max}`;
  return z
    .string()
    .regex(/^\d{1,13}$/, { error })
    .transform(Number)
    .pipe(z.int().min(min, { error }).max(max, { error }));
}

/** One of a few words. */
export function oneOf<const Words extends readonly [string, ...string[]]>(words: Words) {
  const several = words.length > 2 ? `one of ${words.join(', ')}` : words.join(' or ');
  return z.enum(words, {
    error: `must be ${words.length > 1 ? several : `${words[0]}, or not set`}`,
  });
}

/** A list with commas, without empty entries; each one must match. */
function list(entry: RegExp, error: string) {
  return z
    .string()
    .transform((text) =>
      text
        .split(',')
        .map((one) => one.trim())
        .filter((one) => one !== ''),
    )
    .pipe(z.array(z.string().regex(entry, { error }), { error }).min(1, { error }));
}

/** Ids of models, the preferred ones first. */
export const models = list(/^[\w.-]{1,100}$/, 'must be ids of models, separated by commas');

/** Addresses of predictors, which are read when they are connected. */
export const predictors = list(
  /^[\x21-\x7e]{1,2048}$/,
  'must be addresses of predictors, separated by commas',
);

/** SPDX names of licences. */
export const licences = list(
  /^[\w.+-]{1,100}$/,
  'must be names of licences (SPDX), separated by commas',
);

/** An address or a name to listen on. */
export const listenHost = z
  .string()
  .regex(/^[\w.:-]{1,253}$/, { error: 'must be an address or a host name' });

/** Names of hosts without ports, in lower case; `*.name` stands for all names below, `*` for all. */
export const hostNames = list(
  /^(\*|(\*\.)?[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?|\[[0-9a-f:.]+\])$/i,
  'must be host names, *.names or *, separated by commas',
).transform(lowerCase);

/** The same, each with an optional port. */
export const destinations = list(
  /^(\*|(\*\.)?[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?|\[[0-9a-f:.]+\])(:\d{1,5})?$/i,
  'must be host names, *.names or *, each with a port where it is not 80 or 443, separated by commas',
).transform(lowerCase);

/** Origins as browsers send them: no path, no default port, in lower case. */
export const origins = list(
  /^(\*|https?:\/\/([a-z0-9.-]+|\[[0-9a-f:]+\])(:\d{1,5})?)$/i,
  'must be origins such as https://app.example, or *, separated by commas',
).transform((all) =>
  all.map((one) => (URL.canParse(one) ? new URL(one).origin : one.toLowerCase())),
);

/** The path of a file or folder. */
export const path = z.string().regex(/^[^\0]{1,4096}$/, { error: 'must be a path' });

/** US dollars for an hour. */
export const price = z
  .string()
  .regex(/^\d{1,6}(\.\d{1,6})?$/, { error: 'must be US dollars for an hour, such as 0.71' })
  .transform(Number);

/** An address of the web. */
export const webAddress = z.url({
  protocol: /^https?$/,
  error: 'must be an http or https address',
});

/** The secret that webhooks are signed with, as Standard Webhooks writes it. */
export const webhookSecret = z.string().regex(/^whsec_[A-Za-z0-9+/]{32,}={0,2}$/, {
  error: 'must be whsec_ and at least 24 random bytes in base64',
});

/** The id of a Google Cloud project. */
export const projectId = z
  .string()
  .regex(/^[a-z][a-z0-9:.-]{2,60}$/, { error: 'must be the id of a project' });

function lowerCase(all: readonly string[]): string[] {
  return all.map((one) => one.toLowerCase());
}

/** The path of a route: segments as they stand in an address, without a query. */
export const routePath = z.string().regex(/^(\/[\w.~!$&'()*+,;=:@%-]+)+$/, {
  error: 'must be a path such as /predict',
});

/** Lower-case hex of a SHA-256. */
export const sha256 = z
  .string()
  .regex(/^[0-9a-f]{64}$/, { error: 'must be a SHA-256, 64 digits of lower-case hex' });

/** One id of a model. */
export const modelId = z.string().regex(/^[\w.-]{1,100}$/, { error: 'must be the id of a model' });

/** Where weights lie: a bucket's folder or one of this machine. */
export const weightsPlace = z
  .string()
  .regex(/^(gs:\/\/[a-z0-9][\w.-]{1,220}(\/[^?#]*)?|file:\/\/\/.*|\/[^\0]*)$/, {
    error: 'must be gs://bucket/folder, file:///folder or an absolute path',
  });
