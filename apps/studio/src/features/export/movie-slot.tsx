import { type ComponentType, lazy, Suspense } from 'react';

type Part = { default: ComponentType };

/** The movie's own panel and view, which load when they are first wanted. */
const parts = import.meta.glob<Record<string, ComponentType>>('./movie/movie-{panel,view}.tsx');

function partOf(file: string, name: string) {
  const load = parts[`./movie/${file}.tsx`];
  return lazy(async (): Promise<Part> => ({ default: (await load?.())?.[name] ?? (() => null) }));
}

const Panel = partOf('movie-panel', 'MoviePanel');
const View = partOf('movie-view', 'MovieView');

export function MoviePanel() {
  return (
    <Suspense>
      <Panel />
    </Suspense>
  );
}

export function MovieView() {
  return (
    <Suspense>
      <View />
    </Suspense>
  );
}
