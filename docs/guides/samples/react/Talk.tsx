import { useState } from 'react';
import type { Session } from './useChat.js';
import { useConversation, useSocket } from './useChat.js';

export function Talk(props: { url: string; session: Session; conversationId: string }) {
  const { socket, isOnline } = useSocket(props.url, props.session);
  const { messages, send } = useConversation(socket, isOnline, props.conversationId);
  const [draft, setDraft] = useState('');
  const [refusal, setRefusal] = useState('');

  const submit = (event: { preventDefault: () => void }) => {
    event.preventDefault();
    setDraft('');
    setRefusal('');
    send(draft).catch((error: Error) => setRefusal(error.message));
  };

  return (
    <section aria-busy={!isOnline}>
      <ol>
        {messages.map(({ _id, seq, sender, content }) => (
          <li key={_id} value={seq}>
            {sender.username}: {content}
          </li>
        ))}
      </ol>
      <form onSubmit={submit}>
        <input aria-label="Message" value={draft} onChange={(event) => setDraft(event.target.value)} />
        <button type="submit">Send</button>
      </form>
      <p role="alert">{refusal}</p>
    </section>
  );
}
