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
 * Places from which glibc's threads get memory. It makes eight for each processor, each of which keeps what the largest
 * photo left; with two a photo worker levels off at 60 % of that. Measured in docs/decisions/0009-processes.md.
 */
const ARENAS = '2';

/** The settings that a worker process of Diorama gets: of those that its owner has, and one of its own. */
export function childEnvironment(
  own: Readonly<Record<string, string | undefined>>,
): Readonly<Record<string, string>> {
  const passed: Record<string, string> = { MALLOC_ARENA_MAX: ARENAS };
  for (const [name, value] of Object.entries(own)) {
    if (value !== undefined && PASSED_ON.some((names) => names.test(name))) passed[name] = value;
  }
  return passed;
}
