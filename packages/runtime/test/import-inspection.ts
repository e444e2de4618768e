import type { ModelInspection } from '@diorama/runtime';

type Plane = ModelInspection['planes'][number];

/** What was found out about a file that nobody has: one fixed matte, unless other things are said. */
export function inspectionOf({
  planes = [{ name: 'out' }],
  ...own
}: Partial<Omit<ModelInspection, 'planes'>> & {
  readonly planes?: readonly (Partial<Plane> & Pick<Plane, 'name'>)[];
}): ModelInspection {
  return {
    path: 'model.onnx',
    file: 'model.onnx',
    bytes: 1,
    sha256: '0'.repeat(64),
    proposedId: 'model',
    input: 'image',
    size: { policy: 'fixed', width: 64, height: 64, isDeclared: true },
    planes: planes.map((plane) => ({
      width: 64,
      height: 64,
      min: 0,
      max: 1,
      isConstant: false,
      ...plane,
    })),
    ...own,
  };
}
