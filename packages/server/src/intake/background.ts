import type { FastifyRequest } from 'fastify';

/** What a request whose form may hold a picture for the background has brought of it so far. */
const backgrounds = new WeakMap<FastifyRequest, { picture?: Uint8Array }>();

/** Lets the form of a request hold a picture to lay behind the subject, before its body is read. */
export function expectBackground(request: FastifyRequest): void {
  backgrounds.set(request, {});
}

/** Whether the form of a request may hold such a picture. */
export function mayBringBackground(request: FastifyRequest): boolean {
  return backgrounds.has(request);
}

/** Keeps the picture that came, until the request is gone. */
export function keepBackground(request: FastifyRequest, picture: Uint8Array): void {
  backgrounds.set(request, { picture });
}

/** The picture for the background; undefined where none came. */
export function backgroundOf(request: FastifyRequest): Uint8Array | undefined {
  return backgrounds.get(request)?.picture;
}
