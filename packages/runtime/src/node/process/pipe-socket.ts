import { Socket } from 'node:net';

/** Told each piece that arrives. Its memory is used again for the next one. */
export type OnPiece = (piece: Uint8Array) => void;

/** As much as the system gives at once. */
const PIECE_BYTES = 65_536;

/** The end of a pipe that this process was started with. */
export function socketOfDescriptor(fd: number, onPiece: OnPiece): Socket {
  return readingSocket({ fd, readable: true, writable: true }, onPiece);
}

/**
 * The end of a pipe to a child, which Node made. As it is it takes fresh memory for each piece: the layers of one photo
 * would leave five hundred of them, and clearing them away would stop this thread for longer than it may stop. Node
 * lets a socket read into one's own memory only where one makes it, so its handle, which has no public name, gets
 * another socket. Where there is no such handle, the socket is taken as it is.
 */
export function socketOfChild(made: Socket, onPiece: OnPiece): Socket {
  const owner = made as unknown as { _handle?: object | null }; // no public name
  const handle = owner._handle;
  if (!handle) return made.on('data', onPiece);
  // The first socket must not touch the handle any more.
  owner._handle = null;
  return readingSocket({ handle }, onPiece).resume();
}

/** A socket that reads into the same memory again and again. */
function readingSocket(source: object, onPiece: OnPiece): Socket {
  const memory = new Uint8Array(PIECE_BYTES);
  const onread = {
    buffer: memory,
    callback(bytes: number): boolean {
      onPiece(memory.subarray(0, bytes));
      return true;
    },
  };
  return new Socket({ ...source, onread } as ConstructorParameters<typeof Socket>[0]); // the types lack `onread`
}
