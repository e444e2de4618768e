import { isVideo, type MovieFormat } from '../../../engine/export/movie/movie-order.ts';
import { sidesOf, withFormat } from '../../../engine/export/movie/movie-settings.ts';
import { Note, Section } from '../../../ui/section.tsx';
import { Segmented } from '../../../ui/segmented.tsx';
import { Switch } from '../../../ui/switch.tsx';
import { FORMATS, QUALITIES, SHAPES } from './movie-words.ts';
import { useCodec, useMovie, useMovieOrder } from './use-movie.ts';

/** The format, its quality and the size. */
export function FormatSection({ disabled }: { readonly disabled: boolean }) {
  const [maker, { settings }] = useMovie();
  const order = useMovieOrder();
  const codec = useCodec(order);
  const { format, shape, longSide, quality, palette, isDithered } = settings;
  const sides = sidesOf(format).map((side) => ({ value: String(side), label: String(side) }));
  return (
    <>
      <Section title="Movie">
        <Segmented<MovieFormat>
          label="Format"
          choices={FORMATS}
          value={format}
          onChange={(next) => maker.change(withFormat(settings, next))}
          disabled={disabled}
        />
        {format === 'gif' ? (
          <>
            <Switch
              label="Colours anew for each picture"
              isOn={palette === 'each'}
              onChange={(isOn) => maker.change({ palette: isOn ? 'each' : 'one' })}
              disabled={disabled}
            />
            <Switch
              label="Patterns between colours"
              isOn={isDithered}
              onChange={(isOn) => maker.change({ isDithered: isOn })}
              disabled={disabled}
            />
          </>
        ) : (
          <Segmented
            label="Quality"
            choices={QUALITIES}
            value={quality}
            onChange={(next) => maker.change({ quality: next })}
            disabled={disabled}
          />
        )}
        {isVideo(format) && <CodecNote codec={codec} />}
      </Section>
      <Section title="Size">
        <Segmented
          label="Shape"
          choices={SHAPES}
          value={shape}
          onChange={(next) => maker.change({ shape: next })}
          disabled={disabled}
        />
        <Segmented
          label="Longer side in pixels"
          choices={sides}
          value={String(longSide)}
          onChange={(next) => maker.change({ longSide: Number(next) })}
          disabled={disabled}
        />
      </Section>
    </>
  );
}

function CodecNote({ codec }: { readonly codec: string | undefined }) {
  if (codec === 'none') {
    return (
      <Note look="notice">
        This browser has no encoder for this format and size. GIF and WebP work without one.
      </Note>
    );
  }
  // The line is there before the codec is known, so that nothing jumps.
  return <Note>{codec ? `Encoded by this browser as ${codec}.` : 'Encoded by this browser.'}</Note>;
}
