import type { ReactNode } from 'react';
import style from './section.module.css';

interface SectionProps {
  readonly title: string;
  /** Beside the title, such as a switch or a button. */
  readonly aside?: ReactNode;
  readonly children: ReactNode;
}

/** A part of a panel with a title. */
export function Section({ title, aside, children }: SectionProps) {
  return (
    <section className={style['section']}>
      <header>
        <h2>{title}</h2>
        {aside}
      </header>
      {children}
    </section>
  );
}

/** A sentence in a panel that explains or points something out. */
export function Note({
  children,
  look = 'plain',
}: {
  readonly children: ReactNode;
  readonly look?: 'plain' | 'notice';
}) {
  return <p className={style[look === 'notice' ? 'notice' : 'note']}>{children}</p>;
}
