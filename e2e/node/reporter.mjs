// Tells each test as one line that other programs read: outcome, file, name and detail, each encoded
// as in a URL and divided by tabs. Groups of tests are not told, nor are files that only hold tests.
import { basename } from 'node:path';

const nameOf = (data) => (data.name === data.file ? 'the file as a whole' : data.name);

const line = (outcome, data, detail) =>
  [outcome, basename(data.file ?? ''), nameOf(data), detail].map(encodeURIComponent).join('\t') + '\n';

const isGroup = (data) => data.details?.type === 'suite';

const why = (error) => {
  const cause = error?.cause ?? error;
  return String(cause?.stack ?? cause?.message ?? cause);
};

export default async function* reporter(source) {
  for await (const { type, data } of source) {
    if (type === 'test:pass' && !isGroup(data)) {
      const skipped = data.skip ?? data.todo;
      if (skipped !== undefined && skipped !== false) {
        yield line('skip', data, String(skipped));
      } else {
        yield line('pass', data, '');
      }
    } else if (type === 'test:fail' && !isGroup(data)) {
      yield line('fail', data, why(data.details?.error));
    }
  }
}
