// Whether what went through an endpoint is as it should be.

const LEAST_IOU = 0.995;
const MOST_DEPTH_DIFFERENCE = 0.01;

/**
 * What is off with a way, as lines. `caps` are bytes by kind, `info` is the photo's size, `difference` is `{iou, depth}` against
 * a server on its own.
 */
export function faultsOf({ kind, document, traffic, refusedHosts }, { caps, info, difference }) {
  const faults = [];
  const expect = (isSo, line) => {
    if (!isSo) faults.push(`${kind}: ${line}`);
  };
  const { width, height } = document.size;
  expect(width === info.width && height === info.height, `the layers are ${width}x${height}`);
  for (const name of ['matte', 'depth', 'subject', 'plate']) {
    expect(document.files[name] !== undefined, `${name} is missing`);
  }
  if (traffic === undefined) return faults;
  const cap = caps[kind];
  expect(traffic.largestRequestBytes <= cap, `a request of ${traffic.largestRequestBytes} bytes`);
  expect(traffic.largestAnswerBytes <= cap, `an answer of ${traffic.largestAnswerBytes} bytes`);
  expect(Object.keys(traffic.refused).length === 0, 'the platform refused a request');
  expect(traffic.requests === 2, `${traffic.requests} requests for two photos`);
  expect(refusedHosts.length === 0, `wanted to reach ${refusedHosts.join(', ')}`);
  expect(difference.iou >= LEAST_IOU, `matte IoU ${difference.iou.toFixed(4)}`);
  expect(difference.depth <= MOST_DEPTH_DIFFERENCE, `depth differs by ${difference.depth}`);
  return faults;
}
