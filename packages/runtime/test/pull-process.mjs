// Pulls what its argument says, in a process of its own. Prints one line of JSON for its first progress of each phase,
// and one for its end.
import { pullModel } from '@diorama/runtime';

const { card, options } = JSON.parse(process.argv[2]);
let last;
const onProgress = ({ phase, received }) => {
  if (phase === last || received === 0) return;
  last = phase;
  console.log(JSON.stringify({ phase }));
};
try {
  const { wasThere } = await pullModel(card, { ...options, onProgress });
  console.log(JSON.stringify({ wasThere }));
} catch ({ code, message }) {
  console.log(JSON.stringify({ code, message }));
}
