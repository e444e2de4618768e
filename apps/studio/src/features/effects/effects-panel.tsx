import { Section } from '../../ui/section.tsx';

export function EffectsPanel() {
  return <Section title="Effects">{null}</Section>;
}
