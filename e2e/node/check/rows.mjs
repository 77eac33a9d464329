// What a table of faults tells of each.

/** The columns that count violations, by the words of those that fall into them; the last takes the rest. */
const KINDS = {
  lost: ['acknowledged and lost', 'heard with a hole', 'stored with a hole', 'not heard to the end', 'not as last acknowledged', 'given up for good'],
  doubled: ['stored twice', 'heard twice or late'],
  reordered: ['reordered', 'join answered out of order', 'answered otherwise than stored'],
  ghosts: ['ghost'],
  'revoked let in': ['revoked token let in'],
  'late answers': ['answered late', 'never answered'],
  other: [],
};

export const COLUMNS = Object.keys(KINDS);

/** How many violations fall into a column. */
export function sorted(violations, column) {
  const isElsewhere = (kind) => Object.values(KINDS).flat().includes(kind);
  return violations.sum((kind) => (column === 'other' ? !isElsewhere(kind) : KINDS[column].includes(kind)));
}

const seconds = (ms) => (ms / 1_000).toFixed(1);

/** The table as it stands in a document. */
export function markdown(rows) {
  const line = (cells) => `| ${cells.join(' | ')} |`;
  const head = ['fault', 'done to', 'lasted, s', 'healed after, s', 'done meanwhile', ...COLUMNS];
  const body = rows.map((row) => [
    row.name,
    row.of,
    seconds(row.lasted),
    seconds(row.healed),
    row.acknowledged,
    ...COLUMNS.map((column) => sorted(row.violations, column)),
  ]);
  return [head, head.map((_, index) => (index < 2 ? '---' : '---:')), ...body].map(line).join('\n');
}
