/** A photo that the project made, to try the studio with. */
export interface Sample {
  readonly id: string;
  readonly title: string;
  /** Its address; the small one beside it ends in `-thumb.jpg`. */
  readonly file: string;
}

const sample = (id: string, title: string): Sample => ({ id, title, file: `/samples/${id}.jpg` });

/** In the order in which they are shown. */
export const SAMPLES: readonly Sample[] = [
  sample('balloons', 'Balloons'),
  sample('fox', 'Fox'),
  sample('robot', 'Robot'),
  sample('lighthouse', 'Lighthouse'),
  sample('tea', 'Teapot'),
];

export function thumbOf({ id }: Sample): string {
  return `/samples/${id}-thumb.jpg`;
}
