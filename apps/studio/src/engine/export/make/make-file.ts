import type { Size } from '@diorama/core';
import type { FileSink } from './file-sink.ts';
import type { MakeContext } from './make-context.ts';
import { writePictureKind } from './make-picture.ts';

/** Writes the file that was ordered, and gives the size of what is in it. @throws DioramaError as its makers */
export async function makeFile(sink: FileSink, context: MakeContext): Promise<Size> {
  const { kind } = context.order.choice;
  switch (kind) {
    case 'layers': {
      const { writeLayersZip } = await import('./make-zip.ts');
      return writeLayersZip(sink, context);
    }
    case 'psd': {
      const { writeLayersPsd } = await import('./make-psd.ts');
      return writeLayersPsd(sink, context);
    }
    case 'mesh': {
      const { writeMesh } = await import('./make-mesh.ts');
      return writeMesh(sink, context);
    }
    case 'points': {
      const { writePoints } = await import('./make-mesh.ts');
      return writePoints(sink, context);
    }
    default:
      return writePictureKind(kind, sink, context);
  }
}
