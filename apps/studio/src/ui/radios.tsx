import { type ReactNode, useId } from 'react';
import style from './radios.module.css';

export interface Choice<Value extends string> {
  readonly value: Value;
  readonly label: string;
  readonly icon?: ReactNode;
  /** What it means, as a tip. */
  readonly hint?: string;
}

interface RadiosProps<Value extends string, One extends Choice<Value>> {
  /** What is chosen, for who cannot see it. */
  readonly label: string;
  readonly choices: readonly One[];
  readonly value: Value;
  readonly onChange: (value: Value) => void;
  readonly className?: string | undefined;
  readonly disabled?: boolean | undefined;
  /** What a choice looks like; its place is pressed as a whole. */
  readonly children: (choice: One) => ReactNode;
}

/** One of a few by the browser's own radio buttons, which lie unseen over what is shown for them. */
export function Radios<Value extends string, One extends Choice<Value>>(
  props: RadiosProps<Value, One>,
) {
  const { label, choices, value, onChange, className, disabled, children } = props;
  const name = useId();
  return (
    <fieldset
      className={[style['radios'], className].filter(Boolean).join(' ')}
      disabled={disabled}
    >
      <legend className="unseen">{label}</legend>
      {choices.map((choice) => (
        <label key={choice.value} title={choice.hint ?? choice.label}>
          <input
            type="radio"
            name={name}
            value={choice.value}
            checked={choice.value === value}
            aria-label={choice.label}
            aria-description={choice.hint}
            onChange={() => onChange(choice.value)}
          />
          {children(choice)}
        </label>
      ))}
    </fieldset>
  );
}
