import { ARRAY_TYPE } from '../prediction-document.ts';
import type { PhotoSource } from './client-options.ts';
import type { Outgoing, RequestBody } from './sender.ts';

/** The body of a request with a photo: the bytes themselves, or a form where a picture goes behind the subject. */
export function photoBody(
  photo: PhotoSource,
  background?: PhotoSource,
): Pick<Outgoing, 'body' | 'headers'> {
  if (background === undefined) {
    return { body: bodyOf(photo), headers: { 'content-type': typeOf(photo) } };
  }
  const form = new FormData();
  form.set('image', blobOf(photo));
  form.set('background', blobOf(background));
  // The platform writes the type, since it knows the boundary.
  return { body: form };
}

function typeOf(photo: PhotoSource): string {
  const type = photo instanceof Blob ? photo.type : '';
  // The server reads the bytes; a Blob may say anything of itself.
  return type === ARRAY_TYPE || /^image\/[\w.+-]+$/.test(type) ? type : 'application/octet-stream';
}

function bodyOf(photo: PhotoSource): RequestBody {
  return photo as RequestBody; // every PhotoSource is one; shared memory, which the types allow, is refused by fetch itself
}

function blobOf(photo: PhotoSource): Blob {
  return photo instanceof Blob ? photo : new Blob([photo as ArrayBuffer]); // as above
}
