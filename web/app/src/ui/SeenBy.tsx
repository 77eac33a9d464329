import type { Conversation, Message } from '@chatterbox/events';
import { useChat } from './context';
import { Icon } from './icons';

/** Whether one's own message was only sent, or also seen, and by whom. */
export function SeenBy({
  message,
  conversation,
  me,
}: {
  message: Message;
  conversation: Conversation;
  me: string;
}) {
  const { seen } = useChat();
  const others = conversation.participants.filter(({ _id }) => _id !== me);
  const by = seen.by(
    conversation._id,
    message.seq,
    others.map(({ _id }) => _id),
  );
  const isByAll = others.length > 0 && by.length === others.length;
  const names = others.filter(({ _id }) => by.includes(_id)).map(({ username }) => username);
  const label =
    names.length === 0
      ? 'Sent'
      : isByAll && names.length === 1
        ? 'Seen'
        : `Seen by ${names.join(', ')}`;
  return (
    <span
      class={names.length > 0 ? 'state seen' : 'state'}
      role="img"
      aria-label={label}
      title={label}
    >
      <Icon name={names.length > 0 ? 'checks' : 'check'} size={15} />
    </span>
  );
}
