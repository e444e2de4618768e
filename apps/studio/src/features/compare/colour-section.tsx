import { COLOUR_MAP_NAMES } from '@diorama/core';
import { useId } from 'react';
import { Section } from '../../ui/section.tsx';
import { Switch } from '../../ui/switch.tsx';
import { gradientOf } from './colour-gradient.ts';
import style from './colour-section.module.css';
import { useCompare } from './compare-store.ts';
import { COLOUR_MAP_WORDS } from './compare-words.ts';

/** The colours in which depth is shown. Choosing some shows the depth. */
export function ColourSection() {
  const [colourMap, set] = useCompare((settings) => settings.colourMap);
  const [hasContours] = useCompare((settings) => settings.hasContours);
  const name = useId();
  return (
    <Section title="Colours of depth">
      <fieldset className={style['maps']}>
        <legend className="unseen">Colours of depth</legend>
        {COLOUR_MAP_NAMES.map((map) => (
          <label key={map}>
            <input
              type="radio"
              name={name}
              value={map}
              checked={map === colourMap}
              onChange={() => set({ colourMap: map, layer: 'depth' })}
            />
            <span className={style['strip']} style={{ background: gradientOf(map) }} />
            <span>{COLOUR_MAP_WORDS[map]}</span>
          </label>
        ))}
      </fieldset>
      <Switch
        label="Lines of equal depth"
        isOn={hasContours}
        onChange={(isOn) => set({ hasContours: isOn, ...(isOn ? { layer: 'depth' } : {}) })}
      />
    </Section>
  );
}
