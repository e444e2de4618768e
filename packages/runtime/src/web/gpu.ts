import { DioramaError } from '@diorama/core';

/** The part of WebGPU that is asked here; TypeScript's own description of it is not complete yet. */
interface Gpu {
  requestAdapter(): Promise<{ readonly info?: { readonly isFallbackAdapter?: boolean } } | null>;
}

/**
 * Refuses a page without WebGPU, and, where a GPU is required, one whose adapter is software on the processor.
 * @throws DioramaError `PROVIDER_UNAVAILABLE`; the message is the reason alone.
 */
export async function assertGpu({ isGpuRequired }: { readonly isGpuRequired: boolean }) {
  const { gpu } = navigator as { readonly gpu?: Gpu }; // absent in browsers without WebGPU
  if (!gpu)
    throw refusal(
      'this browser has no WebGPU, or the page came neither by https nor from localhost',
    );
  const adapter = await gpu.requestAdapter();
  if (!adapter) throw refusal('the browser offers no WebGPU adapter');
  if (isGpuRequired && adapter.info?.isFallbackAdapter === true) {
    throw refusal('a GPU is required and the only WebGPU adapter is software on the processor');
  }
}

function refusal(why: string): DioramaError {
  return new DioramaError('PROVIDER_UNAVAILABLE', why, { detail: { provider: 'webgpu' } });
}
