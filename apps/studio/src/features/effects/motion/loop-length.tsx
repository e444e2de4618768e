import { LoopSlider } from '../../stage/loop-slider.tsx';

/** How long one turn of all that moves takes: it is the recipe's, not of one effect. */
export function LoopLength() {
  return <LoopSlider label="Loop" />;
}
