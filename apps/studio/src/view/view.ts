import { DioramaView } from './diorama-view.ts';

/** The name of the element in a page. */
const NAME = 'diorama-view';

// A page may load the module twice, and a server may load it without any elements.
if (globalThis.customElements && !customElements.get(NAME)) {
  customElements.define(NAME, DioramaView);
}

export { DioramaView };
