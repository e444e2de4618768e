import { Section } from '../../ui/section.tsx';

export function ExportPanel() {
  return <Section title="Export">{null}</Section>;
}
