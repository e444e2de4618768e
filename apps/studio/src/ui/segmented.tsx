import { type Choice, Radios } from './radios.tsx';
import style from './segmented.module.css';

export type { Choice } from './radios.tsx';

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
  const { isCompact = false, ...rest } = props;
  return (
    <Radios {...rest} className={style['segmented']}>
      {({ icon, label }) => (
        <span>
          {icon}
          <span className={isCompact ? 'unseen' : undefined}>{label}</span>
        </span>
      )}
    </Radios>
  );
}
