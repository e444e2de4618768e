import type { ExportKind } from '../../engine/export/export-order.ts';
import { Radios } from '../../ui/radios.tsx';
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
export function KindList({ kinds, ...rest }: KindListProps) {
  const choices = kinds.map((value) => {
    const { label, about } = KIND_WORDS[value];
    return { value, label, hint: about };
  });
  return (
    <Radios {...rest} choices={choices} className={style['list']}>
      {({ label, hint }) => (
        <>
          <span>{label}</span>
          <span className={style['about']}>{hint}</span>
        </>
      )}
    </Radios>
  );
}
