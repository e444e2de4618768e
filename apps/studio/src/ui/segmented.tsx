import { type ReactNode, useId } from 'react';
import style from './segmented.module.css';

export interface Choice<Value extends string> {
  readonly value: Value;
  readonly label: string;
  readonly icon?: ReactNode;
  /** What it means, as a tip. */
  readonly hint?: string;
}

interface SegmentedProps<Value extends string> {
  /** What is chosen, for who cannot see it. */
  readonly label: string;
  readonly choices: readonly Choice<Value>[];
  readonly value: Value;
  readonly onChange: (value: Value) => void;
  /** Shows the icons alone. */
  readonly isCompact?: boolean;
  readonly disabled?: boolean;
}

/** One of a few, all of them in sight. */
export function Segmented<Value extends string>(props: SegmentedProps<Value>) {
  const { label, choices, value, onChange, isCompact = false, disabled } = props;
  const name = useId();
  return (
    <fieldset className={style['segmented']} disabled={disabled}>
      <legend className="unseen">{label}</legend>
      {choices.map((choice) => (
        <label key={choice.value} title={choice.hint ?? choice.label}>
          <input
            type="radio"
            name={name}
            value={choice.value}
            checked={choice.value === value}
            onChange={() => onChange(choice.value)}
          />
          <span>
            {choice.icon}
            <span className={isCompact ? 'unseen' : undefined}>{choice.label}</span>
          </span>
        </label>
      ))}
    </fieldset>
  );
}
