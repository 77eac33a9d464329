import MarkdownIt from 'markdown-it';
import type { Token } from 'markdown-it';

/**
 * A part of a text that is shown as an element of one of these kinds; the page makes the elements,
 * so whatever a text holds, it stays text.
 */
export interface Branch {
  readonly tag: Tag;
  readonly href?: string;
  readonly start?: number;
  readonly language?: string;
  readonly children: readonly Node[];
}
export type Node = string | Branch;
export type Tag = (typeof TAGS)[number];

const TAGS = [
  'p',
  'strong',
  'em',
  's',
  'code',
  'pre',
  'a',
  'ul',
  'ol',
  'li',
  'blockquote',
  'h3',
  'h4',
  'h5',
  'hr',
  'br',
  'table',
  'thead',
  'tbody',
  'tr',
  'th',
  'td',
] as const;
const HEADINGS: Record<string, Tag> = {
  h1: 'h3',
  h2: 'h4',
  h3: 'h5',
  h4: 'h5',
  h5: 'h5',
  h6: 'h5',
};

const parser = new MarkdownIt({ html: false, linkify: true, breaks: true });
parser.linkify.set({ fuzzyLink: false, fuzzyEmail: false });

/** Only addresses that open a page or a letter. */
export function safeHref(href: string): string | undefined {
  return /^(https?:\/\/|mailto:)/i.test(href) ? href : undefined;
}

export function markdown(text: string): readonly Node[] {
  return branches(parser.parse(text, {}));
}

function branches(tokens: readonly Token[]): readonly Node[] {
  const root: Node[] = [];
  const stack: Node[][] = [root];
  for (const token of tokens) {
    const here = stack.at(-1) ?? root;
    if (token.nesting === 1) {
      const children: Node[] = [];
      const branch = opening(token, children);
      if (branch) {
        here.push(branch);
        stack.push(children);
      } else {
        // a hidden paragraph of a tight list: its text stands where it is
        stack.push(here);
      }
    } else if (token.nesting === -1) {
      stack.pop();
    } else {
      here.push(...leaves(token));
    }
  }
  return root;
}

function opening(token: Token, children: Node[]): Branch | undefined {
  if (token.hidden) {
    return undefined;
  }
  const tag = HEADINGS[token.tag] ?? TAGS.find((known) => known === token.tag);
  if (!tag) {
    return undefined;
  }
  const href = tag === 'a' ? safeHref(token.attrGet('href') ?? '') : undefined;
  const start = tag === 'ol' ? Number(token.attrGet('start') ?? 1) : 1;
  return { tag, children, ...(href ? { href } : {}), ...(start !== 1 ? { start } : {}) };
}

function leaves(token: Token): readonly Node[] {
  switch (token.type) {
    case 'inline':
      return branches(token.children ?? []);
    case 'code_inline':
      return [{ tag: 'code', children: [token.content] }];
    case 'fence':
    case 'code_block': {
      const language = token.info.trim().split(/\s/)[0];
      return [{ tag: 'pre', children: [token.content], ...(language ? { language } : {}) }];
    }
    case 'softbreak':
    case 'hardbreak':
      return [{ tag: 'br', children: [] }];
    case 'hr':
      return [{ tag: 'hr', children: [] }];
    case 'image': {
      // nothing is loaded from elsewhere: a picture is a link to it
      const href = safeHref(token.attrGet('src') ?? '');
      const text = token.content || 'picture';
      return href ? [{ tag: 'a', href, children: [text] }] : [text];
    }
    default:
      return token.content ? [token.content] : [];
  }
}
