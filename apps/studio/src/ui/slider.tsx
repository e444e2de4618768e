import { useId } from 'react';
import style from './slider.module.css';

interface SliderProps {
  readonly label: string;
  readonly value: number;
  readonly min?: number;
  readonly max?: number;
  readonly step?: number;
  /** The value in words, such as `12 px`; as a percentage if absent. */
  readonly inWords?: (value: number) => string;
  /** While it moves. */
  readonly onChange: (value: number) => void;
  /** When it is let go. */
  readonly onSettle?: () => void;
  /** A double click brings it back. */
  readonly standard?: number;
  readonly disabled?: boolean;
}

const asPercent = (value: number) => `${Math.round(value * 100)} %`;

/** A labelled slider with its value in words. */
export function Slider(props: SliderProps) {
  const { label, value, min = 0, max = 1, step = 0.01, inWords = asPercent } = props;
  const { onChange, onSettle, standard, disabled } = props;
  const id = useId();
  const share = (value - min) / (max - min);
  return (
    <div className={style['slider']}>
      <label htmlFor={id}>{label}</label>
      <output htmlFor={id}>{inWords(value)}</output>
      <input
        id={id}
        type="range"
        value={value}
        min={min}
        max={max}
        step={step}
        disabled={disabled}
        aria-valuetext={inWords(value)}
        style={{ '--share': `${share * 100}%` } as React.CSSProperties} // a property of our own
        onChange={(event) => onChange(event.currentTarget.valueAsNumber)}
        onPointerUp={onSettle}
        onPointerCancel={onSettle}
        onKeyUp={onSettle}
        onDoubleClick={() => {
          if (standard === undefined) return;
          onChange(standard);
          onSettle?.();
        }}
      />
    </div>
  );
}
