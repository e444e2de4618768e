import { PRESETS } from '../../engine/effects/presets.ts';
import { Button } from '../../ui/button.tsx';
import { Section } from '../../ui/section.tsx';
import style from './preset-list.module.css';
import { useEffectsTool } from './use-effects-tool.ts';

/** Lists of effects to begin with; each takes the place of what is there, and can be undone. */
export function PresetList() {
  const tool = useEffectsTool();
  return (
    <Section title="Begin with">
      <ul className={style['presets']}>
        {PRESETS.map((preset) => (
          <li key={preset.id}>
            <Button title={preset.hint} onClick={() => tool.applyPreset(preset)}>
              {preset.label}
            </Button>
          </li>
        ))}
      </ul>
    </Section>
  );
}
