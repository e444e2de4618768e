import { PICTURE_NAMES } from './load-pictures.ts';
import { type MotionSettings, PATH_NAMES } from './view-motion.ts';

/** Attributes that say how it moves and what it says, not which pictures it is made of. */
const SETTING_NAMES = ['path', 'amount', 'focus', 'speed', 'autoplay', 'controls', 'poster', 'alt'];
export const ATTRIBUTE_NAMES: readonly string[] = [...PICTURE_NAMES, ...SETTING_NAMES];

/** Names of the properties that hold text, each with the attribute that it reflects. */
export const TEXT_PROPERTIES: Readonly<Record<string, string>> = {
  ...Object.fromEntries(
    [...PICTURE_NAMES, 'poster', 'alt', 'path'].map((name) => [
      name === 'plate-depth' ? 'plateDepth' : name,
      name,
    ]),
  ),
};
/** Names of the properties that hold numbers, with their range. */
export const NUMBER_PROPERTIES = {
  amount: { least: 0, most: 1, standard: 0.5 },
  focus: { least: 0, most: 1, standard: Number.NaN },
  speed: { least: 0, most: 10, standard: 1 },
} as const;
export const FLAG_PROPERTIES = ['autoplay', 'controls'] as const;

/** A number that an attribute holds, in its range; its standard where it is absent or none. */
export function numberOf(name: keyof typeof NUMBER_PROPERTIES, text: string | null): number {
  const { least, most, standard } = NUMBER_PROPERTIES[name];
  const value = Number.parseFloat(text ?? '');
  return Number.isFinite(value) ? Math.min(most, Math.max(least, value)) : standard;
}

/** How it moves, by its attributes. `middle` is the focus where none is set. */
export function readMotion(
  attributeOf: (name: string) => string | null,
  middle: number,
): MotionSettings {
  const focus = numberOf('focus', attributeOf('focus'));
  const named = attributeOf('path');
  return {
    path: PATH_NAMES.find((name) => name === named) ?? 'sway',
    amount: numberOf('amount', attributeOf('amount')),
    speed: numberOf('speed', attributeOf('speed')),
    focus: Number.isNaN(focus) ? middle : focus,
  };
}
