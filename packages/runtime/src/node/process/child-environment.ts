/**
 * What a worker process is told of its owner's environment: what the system, Node, graphics drivers and the arithmetic
 * libraries read. Everything else stays behind, and with it every secret of the service.
 */
const PASSED_ON = [
  /^(PATH|HOME|USER|LANG|LC_\w+|TZ|TMPDIR|TEMP|TMP|XDG_\w+)$/i,
  /^(SYSTEMROOT|WINDIR|COMSPEC|USERPROFILE|APPDATA|LOCALAPPDATA|PROGRAMDATA|NUMBER_OF_PROCESSORS)$/i,
  /^(LD_LIBRARY_PATH|LD_PRELOAD|DYLD_\w+|MALLOC_\w+|GLIBC_TUNABLES|UV_THREADPOOL_SIZE)$/,
  /^(CUDA_|CUDNN_|NVIDIA_|NV_|ROCR_|HIP_|HSA_|VK_|MESA_|LIBGL_|EGL_|__GL_|__EGL_)/,
  /^(DISPLAY|WAYLAND_DISPLAY)$/,
  /^(ORT_|OMP_|GOMP_|KMP_|MKL_|VIPS_)/,
];

/**
 * How glibc keeps memory in a worker. It makes eight places for memory for each processor, each of which keeps what the
 * largest photo left; with two a photo worker levels off at 60 % of that. And it takes ever larger pieces from what it keeps
 * (up to 32 MB) once one was given back, whose gaps add up over hundreds of photos; from 4 MB on, they go back at once.
 * Measured in docs/decisions/0009-processes.md.
 */
const MEMORY = {
  MALLOC_ARENA_MAX: '2',
  MALLOC_MMAP_THRESHOLD_: String(4 * 2 ** 20),
  MALLOC_TRIM_THRESHOLD_: String(32 * 2 ** 20),
};

/** The settings that a worker process of Diorama gets: of those that its owner has, and some of its own for memory. */
export function childEnvironment(
  own: Readonly<Record<string, string | undefined>>,
): Readonly<Record<string, string>> {
  const passed: Record<string, string> = { ...MEMORY };
  for (const [name, value] of Object.entries(own)) {
    if (value !== undefined && PASSED_ON.some((names) => names.test(name))) passed[name] = value;
  }
  return passed;
}
