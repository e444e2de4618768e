import { Section } from '../../ui/section.tsx';

export function SubjectPanel() {
  return <Section title="Cut-out">{null}</Section>;
}
