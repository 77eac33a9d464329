import { timeOf } from '../core/words';
import type { Outgoing } from '../core/outbox';
import { useChat } from './context';
import { Attachments } from './Attachments';
import { Plain } from './Content';
import { Icon } from './icons';

/** A message on its way: shown at once, and with what became of it. */
export function OutgoingRow({
  outgoing,
  startsGroup,
}: {
  outgoing: Outgoing;
  startsGroup: boolean;
}) {
  const chat = useChat();
  const { clientMessageId: id, state, error } = outgoing;
  return (
    <article
      class={`message own ${state} ${startsGroup ? 'first' : ''}`}
      aria-label={`You, ${state}`}
    >
      <div class="stack">
        <div class="bubble">
          <Plain text={outgoing.content} people={[]} me={chat.me} />
          {outgoing.attachments.length > 0 && <Attachments files={outgoing.attachments} />}
          <span class="stamp">
            <time dateTime={outgoing.createdAt}>{timeOf(outgoing.createdAt)}</time>
            <span
              class="state"
              role="img"
              aria-label={state === 'failed' ? 'Failed' : 'Sending'}
              title={state === 'failed' ? 'Failed' : 'Sending'}
            >
              <Icon name={state === 'failed' ? 'alert' : 'clock'} size={15} />
            </span>
          </span>
        </div>
        {state === 'failed' && (
          <p class="failed-note" role="alert">
            Not sent. {error}{' '}
            <button type="button" class="link" onClick={() => chat.retry(id)}>
              Retry
            </button>{' '}
            <button type="button" class="link" onClick={() => chat.discard(id)}>
              Discard
            </button>
          </p>
        )}
      </div>
    </article>
  );
}
