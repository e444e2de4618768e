/** The part of WebGPU that is asked here; TypeScript's own description of it is not complete yet. */
interface Gpu {
  requestAdapter(): Promise<{ readonly info?: { readonly isFallbackAdapter?: boolean } } | null>;
}

/** Whether a page can compute on a GPU, and not only on a processor that plays one. */
export async function hasHardwareGpu(): Promise<boolean> {
  const { gpu } = navigator as { readonly gpu?: Gpu }; // absent in browsers without WebGPU
  try {
    const adapter = await gpu?.requestAdapter();
    return !!adapter && adapter.info?.isFallbackAdapter !== true;
  } catch {
    return false;
  }
}
