import { DioramaError } from '@diorama/core';

/** The camera of a device, from being asked for until it is let go. */
export class Camera {
  readonly stream: MediaStream;

  private constructor(stream: MediaStream) {
    this.stream = stream;
  }

  /** Whether a page can ask for one at all. */
  static isThere(): boolean {
    return 'mediaDevices' in navigator;
  }

  /** Asks the person. @throws DioramaError `INPUT_NOT_FOUND`, with a line that says what to do */
  static async open(): Promise<Camera> {
    try {
      const video = { width: { ideal: 1920 }, height: { ideal: 1080 } };
      return new Camera(await navigator.mediaDevices.getUserMedia({ video, audio: false }));
    } catch (cause) {
      throw new DioramaError('INPUT_NOT_FOUND', lineOf(cause), { cause });
    }
  }

  /** What the camera sees now, as a file. @throws DioramaError `INTERNAL` */
  async take(video: HTMLVideoElement): Promise<File> {
    const { videoWidth, videoHeight } = video;
    const canvas = new OffscreenCanvas(Math.max(1, videoWidth), Math.max(1, videoHeight));
    const context = canvas.getContext('2d');
    if (!context) throw new DioramaError('INTERNAL', 'This browser gives no canvas.');
    context.drawImage(video, 0, 0);
    const blob = await canvas.convertToBlob({ type: 'image/jpeg', quality: 0.95 });
    return new File([blob], 'camera.jpg', { type: blob.type });
  }

  dispose(): void {
    for (const track of this.stream.getTracks()) track.stop();
  }
}

function lineOf(cause: unknown): string {
  const name = cause instanceof DOMException ? cause.name : '';
  if (name === 'NotAllowedError') {
    return 'This page may not use the camera. The browser asks again once you allow it in the settings of this page.';
  }
  if (name === 'NotFoundError' || name === 'OverconstrainedError') {
    return 'There is no camera on this device.';
  }
  return 'The camera does not answer; perhaps another program is using it.';
}
