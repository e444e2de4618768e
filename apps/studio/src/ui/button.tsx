import type { ButtonHTMLAttributes, ReactNode } from 'react';
import style from './button.module.css';

interface ButtonProps extends ButtonHTMLAttributes<HTMLButtonElement> {
  /** `main`: the one thing to do here. `quiet`: without a frame. */
  readonly look?: 'main' | 'plain' | 'quiet';
  readonly icon?: ReactNode;
}

export function Button({ look = 'plain', icon, children, className, ...rest }: ButtonProps) {
  return (
    <button
      type="button"
      {...rest}
      className={[style['button'], style[look], className].filter(Boolean).join(' ')}
    >
      {icon}
      {children}
    </button>
  );
}

interface IconButtonProps extends Omit<ButtonHTMLAttributes<HTMLButtonElement>, 'children'> {
  /** What it does, for who cannot see the icon; shown as a tip, too. */
  readonly label: string;
  readonly icon: ReactNode;
  /** Keys that do the same, such as `Ctrl+Z`. */
  readonly keys?: string | undefined;
  readonly isPressed?: boolean | undefined;
}

export function IconButton({ label, icon, keys, isPressed, className, ...rest }: IconButtonProps) {
  return (
    <button
      type="button"
      aria-label={label}
      aria-pressed={isPressed}
      aria-keyshortcuts={keys?.replace('Ctrl', 'Control')}
      title={keys ? `${label} (${keys})` : label}
      {...rest}
      className={[style['icon'], className].filter(Boolean).join(' ')}
    >
      {icon}
    </button>
  );
}
