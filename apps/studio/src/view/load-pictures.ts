import { ViewError } from './view-error.ts';

/** What a view is made of; each is the name of an attribute. */
export const PICTURE_NAMES = [
  'image',
  'depth',
  'plate',
  'plate-depth',
  'matte',
  'subject',
] as const;
export type PictureName = (typeof PICTURE_NAMES)[number];

/** Decoded pictures by their names. */
export type Pictures = Readonly<Partial<Record<PictureName, HTMLImageElement>>> & {
  readonly image: HTMLImageElement;
  readonly depth: HTMLImageElement;
};

/**
 * Loads the pictures that are named, all at once. Pictures of another origin need its permission (CORS), since their
 * pixels are read. @throws ViewError `REQUEST_INVALID` without image or depth, `SOURCE_UNAVAILABLE`
 */
export async function loadPictures(
  addressOf: (name: PictureName) => string | null,
): Promise<Pictures> {
  const loaded = await Promise.all(
    PICTURE_NAMES.map(async (name) => {
      const address = addressOf(name);
      return address ? ([name, await loadPicture(name, address)] as const) : undefined;
    }),
  );
  const pictures: Partial<Record<PictureName, HTMLImageElement>> = Object.fromEntries(
    loaded.filter((entry) => entry !== undefined),
  );
  const { image, depth } = pictures;
  if (!image || !depth) {
    throw new ViewError('REQUEST_INVALID', 'A view needs the attributes "image" and "depth".');
  }
  return { ...pictures, image, depth };
}

async function loadPicture(name: PictureName, address: string): Promise<HTMLImageElement> {
  const picture = new Image();
  picture.crossOrigin = 'anonymous';
  picture.src = address;
  try {
    await picture.decode();
  } catch (cause) {
    throw new ViewError('SOURCE_UNAVAILABLE', `The picture of "${name}" could not be loaded.`, {
      cause,
    });
  }
  return picture;
}
