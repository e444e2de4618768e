export type { WireSchema } from '../wire-schema.ts';
export { buildOpenApi } from './build-openapi.ts';
export {
  type Answer,
  type CodeSample,
  type Content,
  type Header,
  OPERATION_METHODS,
  type OpenApiDocument,
  type Operation,
  type OperationMethod,
  type Parameter,
  type PathItem,
  type Ref,
  type RequestBody,
} from './document-types.ts';
export { SAMPLE_SERVER } from './samples.ts';
