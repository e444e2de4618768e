import { lazy, Suspense } from 'react';

// A movie has much of its own, which loads when it is first wanted.
const Panel = lazy(() =>
  import('./movie/movie-panel.tsx').then(({ MoviePanel: part }) => ({ default: part })),
);
const View = lazy(() =>
  import('./movie/movie-view.tsx').then(({ MovieView: part }) => ({ default: part })),
);

/** The part of the panel that is about movies. */
export function MoviePanel() {
  return (
    <Suspense>
      <Panel />
    </Suspense>
  );
}

/** What will be in the movie. */
export function MovieView() {
  return (
    <Suspense>
      <View />
    </Suspense>
  );
}
