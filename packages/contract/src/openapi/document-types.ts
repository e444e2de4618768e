import type { WireSchema } from '../wire-schema.ts';

/** A pointer to a component of the same document. */
export interface Ref {
  readonly $ref: string;
}

export interface Parameter {
  readonly name: string;
  readonly in: 'query' | 'path' | 'header';
  readonly required?: boolean;
  readonly description: string;
  readonly schema: WireSchema;
  readonly style?: 'form';
  readonly explode?: boolean;
  readonly example?: string | number;
}

export interface Header {
  readonly description: string;
  readonly required?: boolean;
  readonly schema: WireSchema;
  readonly example?: string | number;
}

export interface MediaType {
  readonly schema?: WireSchema;
  readonly example?: unknown;
  readonly encoding?: Readonly<Record<string, { readonly contentType: string }>>;
}

export type Content = Readonly<Record<string, MediaType>>;

export interface RequestBody {
  readonly description: string;
  readonly required: boolean;
  readonly content: Content;
}

export interface Answer {
  readonly description: string;
  readonly headers?: Readonly<Record<string, Header | Ref>>;
  readonly content?: Content;
}

export type Answers = Readonly<Record<string, Answer | Ref>>;

/** A line for a shell, as documentation tools show it; it works as printed against a server on localhost:8080. */
export interface CodeSample {
  readonly lang: 'Shell';
  readonly source: string;
}

export interface Operation {
  readonly operationId: string;
  readonly tags: readonly string[];
  readonly summary: string;
  readonly description?: string;
  readonly parameters?: readonly (Parameter | Ref)[];
  readonly requestBody?: RequestBody | Ref;
  readonly responses: Answers;
  /** Empty where no key is asked for. */
  readonly security?: readonly Readonly<Record<string, readonly string[]>>[];
  readonly 'x-codeSamples'?: readonly CodeSample[];
}

/** Methods that operations have, what begins something first. */
export const OPERATION_METHODS = ['post', 'put', 'get', 'delete'] as const;
export type OperationMethod = (typeof OPERATION_METHODS)[number];

/** The operations of one address. */
export type PathItem = Readonly<Partial<Record<OperationMethod, Operation>>>;
export type Paths = Readonly<Record<string, PathItem>>;

/** As much of OpenAPI 3.1 as this service says of itself. */
export interface OpenApiDocument {
  readonly openapi: string;
  readonly info: {
    readonly title: string;
    readonly version: string;
    readonly summary: string;
    readonly description: string;
    readonly license: { readonly name: string; readonly identifier: string };
  };
  readonly servers: readonly { readonly url: string; readonly description: string }[];
  readonly tags: readonly { readonly name: string; readonly description: string }[];
  readonly security: readonly Readonly<Record<string, readonly string[]>>[];
  readonly paths: Paths;
  readonly components: {
    readonly schemas: Readonly<Record<string, WireSchema>>;
    readonly parameters: Readonly<Record<string, Parameter>>;
    readonly headers: Readonly<Record<string, Header>>;
    readonly requestBodies: Readonly<Record<string, RequestBody>>;
    readonly responses: Readonly<Record<string, Answer>>;
    readonly securitySchemes: Readonly<Record<string, Readonly<Record<string, string>>>>;
  };
}
