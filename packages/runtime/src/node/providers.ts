import { existsSync, readdirSync } from 'node:fs';
import { DioramaError } from '@diorama/core';

/** The execution providers of ONNX Runtime that Diorama knows by name. */
export const PROVIDER_NAMES = ['cpu', 'webgpu', 'cuda', 'coreml', 'dml'] as const;
export type ProviderName = (typeof PROVIDER_NAMES)[number];

export interface ProviderInfo {
  readonly name: ProviderName;
  /** Whether it is part of this build of ONNX Runtime. */
  readonly isBuiltIn: boolean;
  /** Whether its libraries came with the package; else they are installed apart. */
  readonly isBundled: boolean;
  readonly runsOn: 'cpu' | 'gpu';
}

/**
 * The providers that Diorama knows and what this installation has of them. Whether the machine has the device
 * shows only when a session opens.
 */
export async function listProviders(): Promise<readonly ProviderInfo[]> {
  // Loaded when asked for: it is 45 MB of native code, which a thread without a session never needs.
  const { listSupportedBackends } = await import('onnxruntime-node');
  const backends = new Map(listSupportedBackends().map((entry) => [entry.name, entry.bundled]));
  return PROVIDER_NAMES.map((name) => ({
    name,
    isBuiltIn: backends.has(name),
    isBundled: backends.get(name) === true,
    runsOn: name === 'cpu' ? 'cpu' : 'gpu',
  }));
}

/**
 * The providers to try, in order: the named one alone; without a name, `cpu`, or each GPU provider of this build
 * when a GPU is required.
 * @throws DioramaError `PROVIDER_UNAVAILABLE` when none of them can be what was asked for.
 */
export async function chooseProviders(
  name: ProviderName | undefined,
  require: 'gpu' | undefined,
): Promise<readonly ProviderName[]> {
  if (require !== 'gpu' && (name ?? 'cpu') === 'cpu') return ['cpu'];
  const known = await listProviders();
  if (require === 'gpu') {
    if (name === 'cpu') {
      throw await unavailable(name, 'a GPU is required and cpu is none');
    }
    if (!hasGpuDevice())
      throw await unavailable(name, 'a GPU is required and this machine has none');
  }
  if (name === undefined) {
    // CoreML decides by itself what runs on the GPU, so it never answers for one.
    const gpu = ['cuda', 'dml', 'webgpu'] as const;
    return gpu.filter((candidate) => known.some((it) => it.name === candidate && it.isBuiltIn));
  }
  if (!known.some((it) => it.name === name && it.isBuiltIn)) {
    throw await unavailable(
      name,
      `it is not part of this build for ${process.platform}-${process.arch}`,
    );
  }
  return [name];
}

/** A refusal that says what was asked (no name: any GPU), why it cannot be had, and what this build has. */
export async function unavailable(
  name: ProviderName | undefined,
  why: string,
  cause?: unknown,
): Promise<DioramaError> {
  const offered = (await listProviders()).filter((it) => it.isBuiltIn);
  const names = offered.map((it) => (it.isBundled ? it.name : `${it.name} (installed apart)`));
  return new DioramaError(
    'PROVIDER_UNAVAILABLE',
    `${name ? `Provider ${name}` : 'A GPU provider'} is not available: ${why}. ` +
      `This build has ${names.join(', ')}.`,
    { cause, detail: { provider: name ?? 'gpu' } },
  );
}

/**
 * Whether the system shows a GPU to processes. On Linux a software Vulkan driver can offer itself as a WebGPU
 * adapter and run on the processor, so the device files are looked for; elsewhere nothing is known beforehand.
 */
function hasGpuDevice(): boolean {
  if (process.platform !== 'linux') return true;
  if (existsSync('/dev/dxg') || existsSync('/dev/nvidiactl') || existsSync('/dev/kfd')) return true;
  try {
    return readdirSync('/dev/dri').some((entry) => entry.startsWith('renderD'));
  } catch {
    return false;
  }
}
