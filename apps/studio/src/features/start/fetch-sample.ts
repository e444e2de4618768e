import { DioramaError } from '@diorama/core';
import type { Sample } from './samples.ts';

/** A sample as the file that a person would have picked. @throws DioramaError `SOURCE_UNAVAILABLE` */
export async function fetchSample({ id, file }: Sample): Promise<File> {
  try {
    const answer = await fetch(file);
    if (answer.ok) return new File([await answer.blob()], `${id}.jpg`, { type: 'image/jpeg' });
  } catch {
    // The line below says it.
  }
  throw new DioramaError('SOURCE_UNAVAILABLE', 'The sample cannot be loaded from the server.');
}
