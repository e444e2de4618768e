/** What the tests use of Khronos' validator, which comes without types. */
declare module 'gltf-validator' {
  interface Report {
    readonly issues: { readonly numErrors: number; readonly numWarnings: number };
    readonly info: {
      readonly materialCount: number;
      readonly drawCallCount: number;
      readonly totalTriangleCount: number;
      readonly totalVertexCount: number;
      readonly extensionsUsed?: readonly string[];
    };
  }
  export function validateBytes(bytes: Uint8Array): Promise<Report>;
}
