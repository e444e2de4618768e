import { useId } from 'react';
import style from './colour-field.module.css';

interface ColourFieldProps {
  readonly label: string;
  /** `#rrggbb` */
  readonly value: string;
  /** While it is being chosen. */
  readonly onChange: (value: string) => void;
  /** When it was chosen. */
  readonly onSettle?: () => void;
  readonly disabled?: boolean;
}

/** A labelled colour. */
export function ColourField({ label, value, onChange, onSettle, disabled }: ColourFieldProps) {
  const id = useId();
  return (
    <div className={style['field']}>
      <label htmlFor={id}>{label}</label>
      <input
        id={id}
        type="color"
        value={value}
        disabled={disabled}
        onChange={(event) => onChange(event.currentTarget.value)}
        onBlur={onSettle}
      />
    </div>
  );
}
