import { FLAG_PROPERTIES, NUMBER_PROPERTIES, numberOf, TEXT_PROPERTIES } from './view-settings.ts';

/** Gives an element's class a property for each attribute, such as `plateDepth` for `plate-depth`. */
export function reflectAttributes(prototype: HTMLElement): void {
  for (const [property, attribute] of Object.entries(TEXT_PROPERTIES)) {
    define(prototype, property, {
      get: (element) => element.getAttribute(attribute) ?? '',
      set: (element, value) => element.setAttribute(attribute, String(value)),
    });
  }
  const numbers = Object.keys(NUMBER_PROPERTIES) as (keyof typeof NUMBER_PROPERTIES)[]; // its own keys
  for (const property of numbers) {
    define(prototype, property, {
      get: (element) => numberOf(property, element.getAttribute(property)),
      set: (element, value) => element.setAttribute(property, String(value)),
    });
  }
  for (const property of FLAG_PROPERTIES) {
    define(prototype, property, {
      get: (element) => element.hasAttribute(property),
      set: (element, value) => element.toggleAttribute(property, Boolean(value)),
    });
  }
}

interface Access {
  readonly get: (element: HTMLElement) => unknown;
  readonly set: (element: HTMLElement, value: unknown) => void;
}

function define(prototype: HTMLElement, name: string, { get, set }: Access): void {
  Object.defineProperty(prototype, name, {
    configurable: true,
    enumerable: true,
    get(this: HTMLElement) {
      return get(this);
    },
    set(this: HTMLElement, value: unknown) {
      set(this, value);
    },
  });
}
