// What the guides show of the samples: below a comment `<!-- samples/FILE#REGION -->` (or without a
// region) stands a block with just that code. Run with --write, this puts it there.
import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const GUIDES = new URL('../../../docs/guides/', import.meta.url);
const BLOCK = /(<!-- (samples\/[^\s#]+)(?:#(\S+))? -->\n```\w*\n)([\s\S]*?)(```)/g;

/** A file's code, or that between the lines `#region NAME` and `#endregion`, moved to the left. */
function code(file, region) {
  const lines = readFileSync(new URL(file, GUIDES), 'utf8').split('\n');
  const marks = /^\s*(?:\/\/|#) ?#?(region|endregion)\b\s*(\S*)/;
  const found = [];
  let isIn = region === undefined;
  let isFound = isIn;
  for (const line of lines) {
    const [, mark, name] = marks.exec(line) ?? [];
    if (mark === 'region' && name === region) {
      isIn = isFound = true;
    } else if (mark === 'endregion' && region !== undefined) {
      isIn = false;
    } else if (isIn && !mark) {
      found.push(line);
    }
  }
  if (!isFound) {
    throw new Error(`${file} has no region ${region}`);
  }
  const indent = Math.min(...found.filter((line) => line.trim()).map((line) => line.search(/\S/)));
  return `${found.map((line) => line.slice(indent)).join('\n').trim()}\n`;
}

/** Of each guide: its name, what it says, what it should say, and the files that it shows. */
export function guides() {
  return readdirSync(GUIDES)
    .filter((name) => name.endsWith('.md'))
    .map((name) => {
      const is = readFileSync(new URL(name, GUIDES), 'utf8');
      const shown = [];
      const should = is.replace(BLOCK, (_, head, file, region, __, tail) => {
        shown.push(region ? `${file}#${region}` : file);
        return head + code(file, region) + tail;
      });
      return { name, is, should, shown };
    });
}

if (process.argv[1] === fileURLToPath(import.meta.url) && process.argv.includes('--write')) {
  guides().forEach(({ name, should }) => writeFileSync(new URL(name, GUIDES), should));
}
