import { useId } from 'react';
import style from './field.module.css';

interface ColourFieldProps {
  readonly label: string;
  /** `#rrggbb` */
  readonly value: string;
  readonly onChange: (colour: string) => void;
  readonly disabled: boolean;
}

/** A colour by the browser's own picker. */
export function ColourField({ label, value, onChange, disabled }: ColourFieldProps) {
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
      />
    </div>
  );
}
