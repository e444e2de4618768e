import { expect, it } from 'vitest';
import { byteRaster } from '../raster.ts';
import { keepOldColour } from './decontaminate.ts';

it('changes the colour of mixed pixels alone, and no alpha', () => {
  const size = { width: 3, height: 1 };
  const subject = byteRaster(size, 4);
  subject.data.set([10, 20, 30, 255, 10, 20, 30, 128, 0, 0, 0, 0]);
  const photo = byteRaster(size, 3);
  photo.data.fill(110);
  const whole = subject.data.slice();
  keepOldColour(subject, photo, 1);
  expect(subject.data).toEqual(whole);
  keepOldColour(subject, photo, 0.5);
  expect([...subject.data]).toEqual([10, 20, 30, 255, 60, 65, 70, 128, 0, 0, 0, 0]);
});
