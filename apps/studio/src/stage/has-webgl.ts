let isThere: boolean | undefined;

/** Whether this browser draws what a camera moves around. Asked once: each answer costs a context for a moment. */
export function hasWebgl(): boolean {
  if (isThere === undefined) {
    const context = document.createElement('canvas').getContext('webgl2');
    isThere = context !== null;
    context?.getExtension('WEBGL_lose_context')?.loseContext();
  }
  return isThere;
}
