import { Download, X } from 'lucide-react';
import { useStudioState } from '../../../app/studio-context.ts';
import { guessBytes } from '../../../engine/export/movie/movie-bits.ts';
import { movieName } from '../../../engine/export/movie/movie-maker.ts';
import { hasMotion, MOST_BYTES } from '../../../engine/export/movie/movie-settings.ts';
import { hasWebgl } from '../../../stage/has-webgl.ts';
import { Button } from '../../../ui/button.tsx';
import { Note } from '../../../ui/section.tsx';
import { groundOf } from '../../stage/ground-of.ts';
import footer from '../export-footer.module.css';
import { bytesInWords } from '../export-words.ts';
import { useFocusKept } from '../use-focus-kept.ts';
import style from './movie-footer.module.css';
import { timeLeftInWords } from './movie-words.ts';
import { useCodec, useMovie, useMovieOrder } from './use-movie.ts';

/** The one button, the progress in its place while a movie is being made, and what became of it. */
export function MovieFooter() {
  const [maker, { job, done, problem }] = useMovie();
  const order = useMovieOrder();
  const codec = useCodec(order);
  const photo = useStudioState((state) => state.photo);
  const isReady = useStudioState(({ phase, isRemaking }) => phase === 'ready' && !isRemaking);
  const element = useFocusKept(job !== undefined);
  if (!photo || !order) return null;
  const isTooLarge = guessBytes(order) > MOST_BYTES;
  const isUndrawable = !order.isFlat && !hasWebgl();
  const canMake = isReady && !isTooLarge && !isUndrawable && hasMotion(order) && codec !== 'none';
  return (
    <footer ref={element} className={footer['footer']}>
      <div className={style['notes']}>
        {isTooLarge && (
          <Note look="notice">
            A movie of {bytesInWords(guessBytes(order))} is more than a page can hold. Choose a
            smaller size or fewer turns.
          </Note>
        )}
        {isUndrawable && (
          <Note look="notice">
            Without WebGL no camera can move.{' '}
            {order.stage.look.kind !== 'parallax' && 'Choose Layers in Move. '}
            With the path Still, what effects move can be exported.
          </Note>
        )}
        {!hasMotion(order) && (
          <Note look="notice">
            Nothing moves yet. Choose a path and how far it goes, or an effect that moves, such as
            snow.
          </Note>
        )}
      </div>
      <div role="status">
        {done && (
          <p className={footer['news']}>
            <span className={footer['good']}>Saved</span>
            {done.name}, {bytesInWords(done.bytes)}
          </p>
        )}
      </div>
      <div role="alert">
        {problem && <p className={`${footer['news']} ${footer['bad']}`}>{problem.message}</p>}
      </div>
      {job ? (
        <div key="job" className={footer['job']}>
          <p>
            <span id="movie-progress">
              Making the movie, {Math.floor(job.share * 100)} %
              {job.secondsLeft !== undefined && `, ${timeLeftInWords(job.secondsLeft)}`}
            </span>
            <progress aria-labelledby="movie-progress" value={job.share} />
          </p>
          <Button icon={<X size={18} />} onClick={() => maker.cancel()}>
            Cancel
          </Button>
        </div>
      ) : (
        <div key="buttons" className={footer['buttons']}>
          <Button
            look="main"
            className={footer['export']}
            icon={<Download size={18} />}
            disabled={!canMake}
            title={movieName(photo.name, order.format)}
            onClick={() =>
              void maker.save(groundOf(document.querySelector('main') ?? document.body))
            }
          >
            Export
          </Button>
        </div>
      )}
    </footer>
  );
}
