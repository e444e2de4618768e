import { Moon, Sun, SunMoon } from 'lucide-react';
import { type ReactNode, useSyncExternalStore } from 'react';
import { IconButton } from '../../ui/button.tsx';
import { nextTheme, openTheme, type Theme } from './theme.ts';

const theme = openTheme();

const LOOKS: Readonly<Record<Theme, { readonly label: string; readonly icon: ReactNode }>> = {
  auto: { label: 'Colours: as the system', icon: <SunMoon size={18} /> },
  light: { label: 'Colours: light', icon: <Sun size={18} /> },
  dark: { label: 'Colours: dark', icon: <Moon size={18} /> },
};

/** Light, dark, or as the system has it; each press goes on to the next. */
export function ThemeButton() {
  const { theme: now } = useSyncExternalStore(theme.subscribe, theme.get);
  return (
    <IconButton
      {...LOOKS[now]}
      onClick={() => theme.set({ theme: nextTheme(theme.get().theme) })}
    />
  );
}
