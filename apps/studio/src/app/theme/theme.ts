import { createStore, type Store } from '../../engine/store.ts';

/** `auto`: as the system has it. */
export const THEMES = ['auto', 'light', 'dark'] as const;
export type Theme = (typeof THEMES)[number];

const KEPT_AS = 'diorama-theme';

/** Light or dark, as the person chose it; kept in this browser, and nothing else is. */
export function openTheme(): Store<{ readonly theme: Theme }> {
  const store = createStore<{ readonly theme: Theme }>({ theme: keptTheme() });
  const show = () => {
    const { theme } = store.get();
    const { dataset } = document.documentElement;
    if (theme === 'auto') delete dataset['theme'];
    else dataset['theme'] = theme;
  };
  show();
  store.subscribe(() => {
    show();
    keep(store.get().theme);
  });
  return store;
}

export function nextTheme(theme: Theme): Theme {
  return THEMES[(THEMES.indexOf(theme) + 1) % THEMES.length] ?? 'auto';
}

function keptTheme(): Theme {
  try {
    const kept = localStorage.getItem(KEPT_AS);
    return THEMES.find((theme) => theme === kept) ?? 'auto';
  } catch {
    // Storage is refused: the choice holds as long as the page.
    return 'auto';
  }
}

function keep(theme: Theme): void {
  try {
    if (theme === 'auto') localStorage.removeItem(KEPT_AS);
    else localStorage.setItem(KEPT_AS, theme);
  } catch {
    // As above.
  }
}
