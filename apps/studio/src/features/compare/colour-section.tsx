import { COLOUR_MAP_NAMES } from '@diorama/core/scene';
import { Radios } from '../../ui/radios.tsx';
import { Section } from '../../ui/section.tsx';
import { Switch } from '../../ui/switch.tsx';
import { gradientOf } from './colour-gradient.ts';
import style from './colour-section.module.css';
import { useCompare } from './compare-store.ts';
import { COLOUR_MAP_WORDS } from './compare-words.ts';

const CHOICES = COLOUR_MAP_NAMES.map((value) => ({ value, label: COLOUR_MAP_WORDS[value] }));

/** The colours in which depth is shown. Choosing some shows the depth. */
export function ColourSection() {
  const [colourMap, set] = useCompare((settings) => settings.colourMap);
  const [hasContours] = useCompare((settings) => settings.hasContours);
  return (
    <Section title="Colours of depth">
      <Radios
        label="Colours of depth"
        choices={CHOICES}
        value={colourMap}
        onChange={(map) => set({ colourMap: map, layer: 'depth' })}
        className={style['maps']}
      >
        {({ value, label }) => (
          <>
            <span className={style['strip']} style={{ background: gradientOf(value) }} />
            <span>{label}</span>
          </>
        )}
      </Radios>
      <Switch
        label="Lines of equal depth"
        isOn={hasContours}
        onChange={(isOn) => set({ hasContours: isOn, ...(isOn ? { layer: 'depth' } : {}) })}
      />
    </Section>
  );
}
