import { Section } from '../../ui/section.tsx';

export function ComparePanel() {
  return <Section title="Look">{null}</Section>;
}
