import type { Ref } from '@diorama/contract/openapi';
import { DioramaError } from '@diorama/core';

/** One of the components, or what stands there instead of a pointer to one. @throws DioramaError `INTERNAL` */
export function resolve<T extends object>(
  components: Readonly<Record<string, T>>,
  value: T | Ref,
): T {
  if (!('$ref' in value)) return value;
  const found = components[value.$ref.slice(value.$ref.lastIndexOf('/') + 1)];
  if (found === undefined) throw new DioramaError('INTERNAL', `The document lacks ${value.$ref}.`);
  return found;
}
