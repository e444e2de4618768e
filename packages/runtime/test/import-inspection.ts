import {
  type ImportAnswers,
  inspectModel,
  type ModelInspection,
  withProposals,
} from '@diorama/runtime';
import { importable } from './import-file.ts';

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

/** Terms that nobody has to accept. */
export const FREE: ImportAnswers = { licence: 'MIT', commercialUse: true };

const inspections = new Map<string, Promise<ModelInspection>>();

/** What was found out about a file, once for all tests. */
export function inspected(name: string): Promise<ModelInspection> {
  const seen = inspections.get(name) ?? inspectModel(importable(name));
  inspections.set(name, seen);
  return seen;
}

/** Answers with all that is proposed, a free licence, and these. */
export async function answered(name: string, own: ImportAnswers = {}): Promise<ImportAnswers> {
  return withProposals(await inspected(name), { ...FREE, ...own });
}
