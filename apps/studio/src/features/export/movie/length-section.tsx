import { guessBytes } from '../../../engine/export/movie/movie-bits.ts';
import { isVideo } from '../../../engine/export/movie/movie-order.ts';
import { LOOPS, ratesOf } from '../../../engine/export/movie/movie-settings.ts';
import { Note, Section } from '../../../ui/section.tsx';
import { Segmented } from '../../../ui/segmented.tsx';
import { Slider } from '../../../ui/slider.tsx';
import { LoopSlider } from '../../stage/loop-slider.tsx';
import { bytesInWords } from '../export-words.ts';
import { orderInWords } from './movie-words.ts';
import { useMovie, useMovieOrder } from './use-movie.ts';

/** How long it is, and how many pictures a second. */
export function LengthSection({ disabled }: { readonly disabled: boolean }) {
  const [maker, { settings }] = useMovie();
  const order = useMovieOrder();
  const { format, framesPerSecond, loops } = settings;
  return (
    <Section title="Length">
      <LoopSlider disabled={disabled} />
      {isVideo(format) && (
        <Slider
          label="Turns"
          value={loops}
          min={LOOPS.least}
          max={LOOPS.most}
          step={1}
          standard={1}
          inWords={String}
          disabled={disabled}
          onChange={(next) => maker.change({ loops: next })}
        />
      )}
      <Segmented
        label="Pictures a second"
        choices={ratesOf(format).map((rate) => ({
          value: String(rate),
          label: `${rate} fps`,
          hint: `${rate} pictures a second`,
        }))}
        value={String(framesPerSecond)}
        onChange={(next) => maker.change({ framesPerSecond: Number(next) })}
        disabled={disabled}
      />
      {order && (
        <Note>
          {orderInWords(order)}, about {bytesInWords(Math.round(guessBytes(order)))}.
          {isVideo(format) ? ' The end goes over into the start.' : ' It repeats for ever.'}
        </Note>
      )}
    </Section>
  );
}
