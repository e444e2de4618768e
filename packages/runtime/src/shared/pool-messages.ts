import type { ErrorWire } from './error-wire.ts';

/** A value on its way to another thread, with the buffers that move there instead of being copied. */
export interface Parcel<T> {
  readonly value: T;
  readonly transfer?: readonly ArrayBuffer[];
}

export type MessageToWorker =
  | { readonly kind: 'task'; readonly task: number; readonly request: unknown }
  | { readonly kind: 'abort'; readonly task: number; readonly error: ErrorWire }
  | { readonly kind: 'leave' }
  | { readonly kind: 'answer'; readonly call: number; readonly value: unknown }
  | { readonly kind: 'refusal'; readonly call: number; readonly error: ErrorWire };

export type MessageToOwner =
  | { readonly kind: 'ready' }
  | { readonly kind: 'unready'; readonly error: ErrorWire }
  | { readonly kind: 'done'; readonly task: number; readonly value: unknown }
  | { readonly kind: 'failed'; readonly task: number; readonly error: ErrorWire }
  | { readonly kind: 'note'; readonly task: number; readonly value: unknown }
  | {
      readonly kind: 'call';
      readonly task: number;
      readonly call: number;
      readonly service: string;
      readonly payload: unknown;
    };
