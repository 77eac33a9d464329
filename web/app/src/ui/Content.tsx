import type { User } from '@chatterbox/events';
import { h } from 'preact';
import type { ComponentChildren } from 'preact';
import { memo } from 'preact/compat';
import type { Node } from '../core/markdown';
import { markdown } from '../core/markdown';
import { parts } from '../core/plain';

const LINK = { target: '_blank', rel: 'noopener noreferrer nofollow' } as const;

/** What a person wrote: text, with links, `code` and names of participants. */
export const Plain = memo(function Plain({
  text,
  people,
  me,
}: {
  text: string;
  people: readonly User[];
  me: string;
}) {
  return (
    <p class="text">
      {parts(text, people).map((part) => {
        switch (part.kind) {
          case 'text':
            return part.text;
          case 'code':
            return <code>{part.text}</code>;
          case 'link':
            return (
              <a href={part.href} {...LINK}>
                {part.text}
              </a>
            );
          case 'mention':
            return <span class={part.userId === me ? 'mention me' : 'mention'}>{part.text}</span>;
        }
      })}
    </p>
  );
});

/** Markdown as elements of this page; nothing of it is ever read as HTML. */
export const Markdown = memo(function Markdown({ text }: { text: string }) {
  return <div class="text markdown">{markdown(text).map(element)}</div>;
});

function element(node: Node): ComponentChildren {
  if (typeof node === 'string') {
    return node;
  }
  const children = node.children.map(element);
  switch (node.tag) {
    case 'a':
      return node.href ? (
        <a href={node.href} {...LINK}>
          {children}
        </a>
      ) : (
        children
      );
    case 'pre':
      return (
        <pre tabIndex={0} data-language={node.language}>
          <code>{children}</code>
        </pre>
      );
    case 'table':
      return (
        <div class="table">
          <table>{children}</table>
        </div>
      );
    default:
      return h(node.tag, node.start === undefined ? null : { start: node.start }, children);
  }
}
