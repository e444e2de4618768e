import { compatibleRoutes } from './compatible-routes.ts';
import { COMPATIBLE_SCHEMAS } from './compatible-schemas.ts';
import type { OpenApiDocument, Paths } from './document-types.ts';
import { HEADERS } from './headers.ts';
import { jobRoutes } from './job-routes.ts';
import { documentSchemas } from './json-schemas.ts';
import { modelRoutes } from './model-routes.ts';
import { PARAMETERS } from './parameters.ts';
import { REQUEST_BODIES } from './photo-bodies.ts';
import { photoRoutes } from './photo-routes.ts';
import { predictRoute } from './predict-route.ts';
import { refusalComponents } from './refusals.ts';
import { serviceRoutes } from './service-routes.ts';

/** Version of the interface, not of the program: it grows when the document does. */
const API_VERSION = '1.0.0';

/** The whole service as OpenAPI 3.1, made from the same schemas that read requests and answers. */
export function buildOpenApi(): OpenApiDocument {
  const paths: Paths = {
    ...photoRoutes(),
    ...predictRoute(),
    ...jobRoutes(),
    ...modelRoutes(),
    ...compatibleRoutes(),
    ...serviceRoutes(),
  };
  return {
    openapi: '3.1.1',
    info: {
      title: 'Diorama',
      version: API_VERSION,
      summary: 'A photo goes in; its depth, matte, subject and plate come out.',
      description:
        'Photos are worked on in memory and forgotten. Every refusal is an RFC 9457 document with a stable `code`; [all of them](/docs/errors). An option that is not known is refused, so that a slip of the pen is seen.',
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    servers: [{ url: '/', description: 'The server that this document came from.' }],
    tags: [
      { name: 'Photos', description: 'A photo in, its layers out, in one request.' },
      { name: 'Predictions', description: 'What the network gives, before it is refined.' },
      { name: 'Jobs', description: 'Work that outlives its request: start, watch, fetch.' },
      { name: 'Models', description: 'What answers, under which licence, and its file.' },
      { name: 'Compatible', description: 'Addresses for clients of other services.' },
      { name: 'Service', description: 'Health, figures, documents.' },
    ],
    // The last, empty one: a server without keys asks for none.
    security: [{ ApiKey: [] }, { Bearer: [] }, {}],
    paths,
    components: {
      schemas: { ...documentSchemas(), ...COMPATIBLE_SCHEMAS },
      parameters: PARAMETERS,
      headers: HEADERS,
      requestBodies: REQUEST_BODIES,
      responses: refusalComponents(paths),
      securitySchemes: {
        ApiKey: { type: 'apiKey', in: 'header', name: 'X-Api-Key' },
        Bearer: { type: 'http', scheme: 'bearer' },
      },
    },
  };
}
