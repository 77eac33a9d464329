import type { Conversation, Message } from '@chatterbox/events';
import { useEffect, useState } from 'preact/hooks';
import { shortOf } from '../core/words';
import { messageOf } from '../net/failure';
import { useChat } from './context';
import { IconButton } from './parts';
import { preview } from './MessageRow';

const PAUSE_MS = 300;

/** What is found for what is written, a little after the last letter. */
export function useFound(
  q: string,
  conversationId?: string,
): { found?: Message[]; problem?: string } {
  const { api } = useChat();
  const [state, setState] = useState<{ q: string; found?: Message[]; problem?: string }>({ q: '' });
  const wanted = q.trim();
  useEffect(() => {
    if (wanted.length < 2) {
      return;
    }
    let isWanted = true;
    const timer = setTimeout(() => {
      api
        .search(wanted.slice(0, 100), conversationId)
        .then((found) => isWanted && setState({ q: wanted, found }))
        .catch((error: unknown) => isWanted && setState({ q: wanted, problem: messageOf(error) }));
    }, PAUSE_MS);
    return () => {
      isWanted = false;
      clearTimeout(timer);
    };
  }, [wanted, conversationId, api]);
  return wanted.length >= 2 && state.q ? state : {};
}

export function SearchIn({
  conversation,
  onClose,
}: {
  conversation: Conversation;
  onClose: () => void;
}) {
  const { view } = useChat();
  const [q, setQ] = useState('');
  const { found, problem } = useFound(q, conversation._id);
  return (
    <aside class="side" aria-label="Search in this conversation">
      <header>
        <h2>Search</h2>
        <IconButton icon="close" label="Close the search" onClick={onClose} />
      </header>
      <input
        class="search-field"
        type="search"
        placeholder="Search messages"
        aria-label="Search messages"
        value={q}
        autofocus
        onInput={(event) => setQ(event.currentTarget.value)}
      />
      {problem && (
        <p class="problem" role="alert">
          {problem}
        </p>
      )}
      {found?.length === 0 && (
        <p class="quiet" role="status">
          Nothing found.
        </p>
      )}
      <ul class="hits">
        {found?.map((message) => (
          <li key={message._id}>
            <button type="button" onClick={() => void view.show(message)}>
              <span class="row">
                <strong>{message.sender.username}</strong>
                <small>{shortOf(message.createdAt)}</small>
              </span>
              <span>{preview(message)}</span>
            </button>
          </li>
        ))}
      </ul>
    </aside>
  );
}
