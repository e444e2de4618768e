/** What a key does, as long as whoever said so is there. */
export interface KeyBinding {
  /** Such as `Ctrl+Shift+Z`, `[`, `Escape`, `1`; `Ctrl` is the Command key on a Mac. */
  readonly keys: string;
  /** What it does, for the list of keys. */
  readonly label: string;
  /** Under which heading the list has it. */
  readonly group: string;
  /** Pressed and held down it runs again and again where `isRepeated`. `false`: not now, the next binding is tried. */
  readonly run: (event: KeyboardEvent) => unknown;
  readonly isRepeated?: boolean;
}

/** Elements that want keys for themselves. */
const TYPING =
  'input:not([type=range], [type=checkbox], [type=radio], [type=file]), textarea, select, [contenteditable]';
/** Elements for which arrows, space and the like mean something already. */
const OWN_KEYS = new Set([
  'ArrowLeft',
  'ArrowRight',
  'ArrowUp',
  'ArrowDown',
  'Home',
  'End',
  ' ',
  'Enter',
]);
const WITH_OWN_KEYS = 'input, button, a, summary, [role=slider], [role=radio]';

/** The keys of the page: who came last is asked first, so that a tool's keys come before the page's own. */
export class KeyMap {
  readonly #layers: (readonly KeyBinding[])[] = [];
  readonly #listeners = new Set<() => void>();

  /** Adds keys until what it returns is called. */
  add(bindings: readonly KeyBinding[]): () => void {
    this.#layers.push(bindings);
    this.#tell();
    return () => {
      const at = this.#layers.indexOf(bindings);
      if (at >= 0) this.#layers.splice(at, 1);
      this.#tell();
    };
  }

  /** All that are there now, the page's own first. */
  list(): readonly KeyBinding[] {
    return this.#layers.flat();
  }

  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Does what a pressed key means, if it means something here. */
  press(event: KeyboardEvent): void {
    if (event.defaultPrevented || event.isComposing) return;
    const target = event.target instanceof Element ? event.target : undefined;
    const keys = keysOf(event);
    if (target?.closest(TYPING) && keys !== 'Escape') return;
    if (OWN_KEYS.has(event.key) && target?.closest(WITH_OWN_KEYS)) return;
    for (const bindings of this.#layers.toReversed()) {
      const binding = bindings.find((one) => one.keys === keys);
      if (!binding || (event.repeat && !binding.isRepeated)) continue;
      if (binding.run(event) === false) continue;
      event.preventDefault();
      return;
    }
  }

  #tell(): void {
    for (const listener of this.#listeners) listener();
  }
}

/** A pressed key as a binding writes it. Shift is named only beside Ctrl or Alt, or for keys that type nothing. */
export function keysOf({ key, ctrlKey, metaKey, altKey, shiftKey }: KeyPress): string {
  const isCommand = ctrlKey || metaKey;
  const isNamed = key.length > 1 || key === ' ';
  // Many keyboards type signs such as brackets with AltGr, which browsers call Ctrl and Alt, or with Option.
  if (altKey && !isNamed && !/[a-z0-9]/i.test(key)) return key;
  const parts: string[] = [];
  if (isCommand) parts.push('Ctrl');
  if (altKey) parts.push('Alt');
  if (shiftKey && (isCommand || altKey || isNamed)) parts.push('Shift');
  parts.push(
    isNamed ? (NAMES[key] ?? key) : isCommand || /[a-z]/i.test(key) ? key.toUpperCase() : key,
  );
  return parts.join('+');
}

const NAMES: Readonly<Record<string, string>> = { ' ': 'Space', Esc: 'Escape' };

type KeyPress = Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey'>;
