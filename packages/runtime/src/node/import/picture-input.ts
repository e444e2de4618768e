import { DioramaError } from '@diorama/core';

/** An input or output as ONNX Runtime describes it; open sides are names, or no number above zero. */
export interface DeclaredTensor {
  readonly name: string;
  readonly isTensor: boolean;
  readonly type?: string;
  readonly shape?: readonly (number | string)[];
}

/** The input that takes the picture, as `[1, 3, height, width]` of float32. A side that is left open is undefined. */
export interface PictureInput {
  readonly name: string;
  readonly width: number | undefined;
  readonly height: number | undefined;
}

const SUPPORTED =
  'supported is one picture as float32 [1, 3, height, width], with sides fixed or left open';

/**
 * The one input of a network that a `Session` can fill.
 * @throws DioramaError `REQUEST_INVALID` that says what the network wants instead.
 */
export function pictureInputOf(inputs: readonly DeclaredTensor[]): PictureInput {
  const [input, ...others] = inputs;
  if (!input || others.length > 0) {
    const names = inputs.map(({ name }) => name).join(', ') || 'none';
    throw refused(`it has ${inputs.length} inputs (${names})`);
  }
  const { name, type, shape = [] } = input;
  if (!input.isTensor || type !== 'float32') {
    throw refused(`its input ${name} is ${type ?? 'no tensor'}, not float32`);
  }
  if (shape.length !== 4) throw refused(`its input ${name} has ${shape.length} dimensions`);
  const [batch, channels, height, width] = shape.map(fixedSide);
  if (channels !== 3 && width === 3) {
    throw refused(`its input ${name} has the channels last (NHWC)`);
  }
  if (channels !== undefined && channels !== 3) {
    throw refused(`its input ${name} has ${channels} channels`);
  }
  if (batch !== undefined && batch !== 1) {
    throw refused(`its input ${name} takes ${batch} pictures at once`);
  }
  return { name, width, height };
}

/** Whether an output can be the one plane, or the one number, that is looked for. */
export function mayAnswer({ isTensor, type, shape = [] }: DeclaredTensor): boolean {
  const before = shape.slice(0, -2).map(fixedSide);
  return isTensor && type === 'float32' && before.every((side) => side === undefined || side === 1);
}

function fixedSide(side: number | string): number | undefined {
  return typeof side === 'number' && side > 0 ? side : undefined;
}

function refused(what: string): DioramaError {
  return new DioramaError('REQUEST_INVALID', `This model cannot be used: ${what}; ${SUPPORTED}.`);
}
