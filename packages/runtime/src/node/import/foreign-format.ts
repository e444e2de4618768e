/** How files begin that people take for models, or that came instead of one. */
const STARTS: readonly (readonly [RegExp, string])[] = [
  [/^$/, 'it is empty'],
  [
    /^PK\p{Cc}\p{Cc}/u,
    'it is a zip archive, such as a PyTorch checkpoint; export it to ONNX first',
  ],
  [/^\x80\p{Cc}/u, 'it is a Python pickle, such as a PyTorch checkpoint; export it to ONNX first'],
  [/^.{8}\{"/s, 'it is a file of safetensors, which has no network in it; export it to ONNX first'],
  [/^.{4}TFL3/s, 'it is a TensorFlow Lite model'],
  [/^.{4}ORTM/s, "it is in ONNX Runtime's own format; take the .onnx file that it was made from"],
  [/^\x89HDF/, 'it is an HDF5 file, such as Keras writes; export it to ONNX first'],
  [/^version https:\/\/git-lfs/, 'it only names the file that Git LFS would fetch'],
  [/^\s*<(!doctype|html|\?xml)/i, 'it is a web page; the download went wrong'],
];

/** What a file is that cannot be ONNX, by its first bytes; undefined when it may be one. */
export function foreignFormat(start: Uint8Array): string | undefined {
  const text = Buffer.from(start).toString('latin1');
  return STARTS.find(([pattern]) => pattern.test(text))?.[1];
}
