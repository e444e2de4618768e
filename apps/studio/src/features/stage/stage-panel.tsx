import { Section } from '../../ui/section.tsx';

export function StagePanel() {
  return <Section title="Move">{null}</Section>;
}
