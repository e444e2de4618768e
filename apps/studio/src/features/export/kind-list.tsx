import { useId } from 'react';
import type { ExportKind } from '../../engine/export/export-order.ts';
import { KIND_WORDS } from './export-words.ts';
import style from './kind-list.module.css';

interface KindListProps {
  readonly label: string;
  readonly kinds: readonly ExportKind[];
  readonly value: ExportKind;
  readonly onChange: (kind: ExportKind) => void;
  readonly disabled: boolean;
}

/** What can be had, one of it chosen, each with a few words. */
export function KindList({ label, kinds, value, onChange, disabled }: KindListProps) {
  const name = useId();
  return (
    <fieldset className={style['list']} disabled={disabled}>
      <legend className="unseen">{label}</legend>
      {kinds.map((kind) => (
        <label key={kind}>
          <input
            type="radio"
            name={name}
            value={kind}
            checked={kind === value}
            aria-describedby={`${name}-${kind}`}
            aria-label={KIND_WORDS[kind].label}
            onChange={() => onChange(kind)}
          />
          <span>{KIND_WORDS[kind].label}</span>
          <span id={`${name}-${kind}`} className={style['about']}>
            {KIND_WORDS[kind].about}
          </span>
        </label>
      ))}
    </fieldset>
  );
}
