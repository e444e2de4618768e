import { CameraOptions } from './camera-options.tsx';
import { FormatSection } from './format-section.tsx';
import { LengthSection } from './length-section.tsx';
import { MovieFooter } from './movie-footer.tsx';
import { useMovie } from './use-movie.ts';

/** A movie of the photo: what moves, how it is written, and the button that makes it. */
export function MoviePanel() {
  const [, { job }] = useMovie();
  const isBusy = job !== undefined;
  return (
    <>
      <FormatSection disabled={isBusy} />
      <CameraOptions disabled={isBusy} />
      <LengthSection disabled={isBusy} />
      <MovieFooter />
    </>
  );
}
