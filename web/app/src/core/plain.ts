/** A part of what a person wrote. */
export type Part =
  | { kind: 'text'; text: string }
  | { kind: 'link'; text: string; href: string }
  | { kind: 'code'; text: string }
  | { kind: 'mention'; text: string; userId: string };

const SPECIAL = /(`[^`\n]+`)|(https?:\/\/[^\s<>"']+)|(@[A-Za-z0-9_.-]+)/g;

/** Finds links, `code` and names of participants in what a person wrote; all else is text. */
export function parts(
  content: string,
  people: readonly { _id: string; username: string }[],
): readonly Part[] {
  const found: Part[] = [];
  let at = 0;
  const push = (part: Part) => found.push(part);
  for (const match of content.matchAll(SPECIAL)) {
    const part = special(match, people);
    if (part) {
      if (match.index > at) {
        push({ kind: 'text', text: content.slice(at, match.index) });
      }
      push(part);
      at = match.index + (part.kind === 'code' ? part.text.length + 2 : part.text.length);
    }
  }
  if (at < content.length) {
    push({ kind: 'text', text: content.slice(at) });
  }
  return found;
}

function special(
  [whole, code, link, name]: RegExpMatchArray,
  people: readonly { _id: string; username: string }[],
): Part | undefined {
  if (code) {
    return { kind: 'code', text: whole.slice(1, -1) };
  }
  if (link) {
    const text = link.replace(/[.,;:!?)\]]+$/, '');
    return { kind: 'link', text, href: text };
  }
  // the longest participant's name, as the server reads it
  for (let end = (name ?? '').length; end > 1; end--) {
    const wanted = whole.slice(1, end).toLowerCase();
    const person = people.find((one) => one.username.toLowerCase() === wanted);
    if (person) {
      return { kind: 'mention', text: whole.slice(0, end), userId: person._id };
    }
  }
  return undefined;
}

/** The beginning of a name that is being written after `@`, at the caret. */
export function mentionAt(
  text: string,
  caret: number,
): { start: number; query: string } | undefined {
  const match = /(?:^|\s)@([A-Za-z0-9_.-]*)$/.exec(text.slice(0, caret));
  return match ? { start: caret - (match[1] ?? '').length - 1, query: match[1] ?? '' } : undefined;
}

export function completions<P extends { username: string }>(
  query: string,
  people: readonly P[],
  most = 6,
): readonly P[] {
  const wanted = query.toLowerCase();
  return people
    .filter((one) => one.username.toLowerCase().startsWith(wanted))
    .toSorted((a, b) => a.username.localeCompare(b.username))
    .slice(0, most);
}
