/**
 * The bytes of a body of which `length` are expected, in one piece of memory; up to one more when there are more, so that
 * an endless body ends. `onPart` hears how many have come.
 * @throws RangeError when there is no memory for so many, and what the body throws.
 */
export async function readBody(
  body: ReadableStream<Uint8Array>,
  length: number,
  onPart: (received: number) => void = () => {},
): Promise<Uint8Array<ArrayBuffer>> {
  const bytes = new Uint8Array(length + 1);
  let received = 0;
  onPart(received);
  const reader = body.getReader();
  for (;;) {
    const { value, done } = await reader.read();
    if (done) break;
    const part = value.subarray(0, bytes.length - received);
    bytes.set(part, received);
    received += part.length;
    onPart(received);
    if (received < bytes.length) continue;
    await reader.cancel();
    break;
  }
  return bytes.subarray(0, received);
}
