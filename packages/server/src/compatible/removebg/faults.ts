import { DioramaError } from '@diorama/core';

/** What remove.bg's reference calls the faults of a request that it answers with 400, and their titles there. */
export const REQUEST_FAULTS = {
  missing_source: 'No image given',
  multiple_sources:
    'Multiple image sources given: Please provide either the image_url, image_file or image_file_b64 parameter.',
  multiple_bg_sources:
    'Multiple background sources given: Please provide either the bg_color, the bg_image_url or the bg_image_file parameter.',
  unknown_foreground: 'Could not identify foreground in image.',
  invalid_size: "Invalid value for parameter 'size'",
  invalid_format: 'Invalid format parameter given',
  invalid_channels: "Invalid value for parameter 'channels'",
  invalid_bg_color: 'Invalid bg_color parameter given',
  invalid_crop: 'Invalid crop parameter given',
  invalid_crop_margin: 'Invalid crop_margin parameter given',
  invalid_scale: 'Invalid scale parameter given',
  invalid_position: 'Invalid position parameter given',
  invalid_semitransparency: 'Invalid semitransparency parameter given',
  invalid_roi: 'Invalid roi parameter given',
  roi_region_empty: 'ROI region is empty',
  roi_exceeds_bounds: 'ROI exceeds image bounds',
  invalid_image_url: 'Invalid image_url: Please provide a valid URL.',
  invalid_bg_image_url: 'Invalid bg_image_url: Please provide a valid URL.',
  failed_image_download: 'Failed to download image from given image_url',
  failed_bg_download: 'Failed to download background image from given bg_image_url',
} as const;

export type RequestFault = keyof typeof REQUEST_FAULTS;

/** A fault by remove.bg's name, as a `REQUEST_INVALID` that carries it; `line` says more of this very case. */
export function requestFault(code: RequestFault, line?: string): DioramaError {
  return new DioramaError('REQUEST_INVALID', line ?? REQUEST_FAULTS[code], {
    detail: { removeBgCode: code },
  });
}

/** An error with remove.bg's name for it; what it is, and what it says, stay. */
export function namedFault(error: DioramaError, code: RequestFault): DioramaError {
  return new DioramaError(error.code, error.message, {
    cause: error,
    detail: { ...error.detail, removeBgCode: code },
  });
}
