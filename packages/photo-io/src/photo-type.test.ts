import { describe, expect, it } from 'vitest';
import { sniffPhotoType } from './photo-type.ts';

function bytesOf(text: string): Uint8Array {
  return Uint8Array.from(text, (letter) => letter.charCodeAt(0));
}

function faultOf(bytes: Uint8Array): { code: string; message: string } {
  try {
    sniffPhotoType(bytes);
  } catch (error) {
    return error as { code: string; message: string };
  }
  throw new Error('was taken for a photo');
}

describe('sniffPhotoType', () => {
  it.each([
    ['\xFF\xD8\xFF\xE1....', 'jpeg'],
    ['\x89PNG\r\n\x1A\n....', 'png'],
    ['GIF87a..', 'gif'],
    ['GIF89a..', 'gif'],
    ['RIFF....WEBPVP8L', 'webp'],
    ['II\x2A\0\x08\0\0\0', 'tiff'],
    ['MM\0\x2A\0\0\0\x08', 'tiff'],
    ['\0\0\0\x18ftypavif\0\0\0\0mif1miaf', 'avif'],
    ['\0\0\0\x18ftypmif1\0\0\0\0avifmiaf', 'avif'],
    ['\0\0\0\x18ftypheic\0\0\0\0mif1heic', 'heic'],
    ['\0\0\0\x18ftypmif1\0\0\0\0heicmiaf', 'heic'],
  ])('knows the beginning %j as %s', (start, type) => {
    expect(sniffPhotoType(bytesOf(start))).toBe(type);
  });

  it.each([
    ['%PDF-1.7\n', 'a PDF document'],
    ['<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"/>', 'an SVG drawing'],
    ['<!DOCTYPE html><html></html>', 'a web page'],
    ['This is a letter, not a picture.', 'text'],
    ['\0\0\0\x18ftypisom\0\0\0\0isomiso2', 'a video'],
    ['\0\0\0\x18ftypqt  \0\0\0\0qt  ....', 'a video'],
    ['\0\0\0\x18ftypcrx \0\0\0\0crx isom', 'a camera raw file'],
    ['RIFF....AVI LIST', 'a video'],
    ['8BPS\0\x01........', 'a Photoshop file'],
    ['II\x2A\0\x10\0\0\0CR\x02\0', 'a camera raw file'],
  ])('refuses %j and names it as %s', (start, name) => {
    const fault = faultOf(bytesOf(start));
    expect(fault.code).toBe('PHOTO_TYPE_UNSUPPORTED');
    expect(fault.message).toContain(name);
  });

  it('tells nothing at all, one byte, and the mere beginning of a photo apart', () => {
    expect(faultOf(new Uint8Array()).code).toBe('PHOTO_EMPTY');
    expect(faultOf(Uint8Array.of(0xff)).code).toBe('PHOTO_TYPE_UNSUPPORTED');
    expect(faultOf(bytesOf('\x89PNG')).code).toBe('PHOTO_TRUNCATED');
    expect(faultOf(bytesOf('RIFF\x10\0')).code).toBe('PHOTO_TRUNCATED');
  });

  it('never reads a brand list beyond the bytes that are there', () => {
    expect(faultOf(bytesOf('\xFF\xFF\xFF\xFFftypwhat')).code).toBe('PHOTO_TYPE_UNSUPPORTED');
  });
});
