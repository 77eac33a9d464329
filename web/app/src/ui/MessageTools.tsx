import type { Conversation, Message } from '@chatterbox/events';
import { useState } from 'preact/hooks';
import { messageOf } from '../net/failure';
import { useShell } from './context';
import { Icon } from './icons';
import { Menu } from './Menu';

const EMOJI = ['👍', '❤️', '😂', '😮', '😢', '🙏', '🎉', '🔥'];

export interface RowActions {
  reply: (item: Message) => void;
  edit: (item: Message) => void;
  show: (id: string) => void;
}

/** What can be done with a message; shown while it is pointed at or has the focus. */
export function MessageTools({
  message,
  me,
  conversation,
  actions,
}: {
  message: Message;
  me: string;
  conversation: Conversation;
  actions: RowActions;
}) {
  const { chat, openDialog } = useShell();
  const [isSure, setSure] = useState(false);
  const isOwn = message.sender._id === me;
  const isAdmin = conversation.participants.some(({ _id, role }) => _id === me && role === 'admin');
  const { conversationId, _id: messageId } = message;
  const remove = () => {
    if (isSure) {
      void chat.connection
        .ask('delete-message', { conversationId, messageId })
        .catch((error: unknown) => chat.notices.say(messageOf(error)));
    }
    setSure(!isSure);
    return isSure;
  };
  return (
    <div class="tools">
      <Menu icon="smile" label="React" kind="grid">
        {(close) =>
          EMOJI.map((emoji) => (
            <button
              key={emoji}
              type="button"
              role="menuitem"
              aria-label={emoji}
              onClick={() => {
                close();
                react(chat, message, emoji, me);
              }}
            >
              {emoji}
            </button>
          ))
        }
      </Menu>
      <button
        type="button"
        class="icon-button"
        aria-label="Reply"
        title="Reply"
        onClick={() => actions.reply(message)}
      >
        <Icon name="reply" />
      </button>
      <Menu icon="more" label="More" onClose={() => setSure(false)}>
        {(close) => (
          <>
            <MenuItem
              icon="copy"
              label="Copy text"
              onClick={() => {
                close();
                void copy(message.content);
              }}
            />
            <MenuItem
              icon="forward"
              label="Forward"
              onClick={() => {
                close();
                openDialog({ kind: 'forward', item: message });
              }}
            />
            {isOwn && message.type === 'text' && (
              <MenuItem
                icon="edit"
                label="Edit"
                onClick={() => {
                  close();
                  actions.edit(message);
                }}
              />
            )}
            {(isOwn || isAdmin || message.type === 'ai') && (
              <MenuItem
                icon="trash"
                label={isSure ? 'Delete for everyone?' : 'Delete'}
                isDanger
                onClick={() => remove() && close()}
              />
            )}
          </>
        )}
      </Menu>
    </div>
  );
}

export function MenuItem({
  icon,
  label,
  onClick,
  isDanger = false,
}: {
  icon: Parameters<typeof Icon>[0]['name'];
  label: string;
  onClick: () => void;
  isDanger?: boolean;
}) {
  return (
    <button type="button" role="menuitem" class={isDanger ? 'danger' : ''} onClick={onClick}>
      <Icon name={icon} size={18} />
      {label}
    </button>
  );
}

export function Reactions({
  message,
  me,
  conversation,
}: {
  message: Message;
  me: string;
  conversation: Conversation | undefined;
}) {
  const { chat } = useShell();
  if (message.reactions.length === 0) {
    return null;
  }
  const nameOf = (id: string) =>
    id === me
      ? 'you'
      : (conversation?.participants.find(({ _id }) => _id === id)?.username ?? 'somebody');
  return (
    <ul class="reactions" aria-label="Reactions">
      {message.reactions.map(({ emoji, userIds }) => (
        <li key={emoji}>
          <button
            type="button"
            aria-pressed={userIds.includes(me)}
            title={userIds.map(nameOf).join(', ')}
            onClick={() => react(chat, message, emoji, me)}
          >
            {emoji} <span>{userIds.length}</span>
            <span class="hidden"> by {userIds.map(nameOf).join(', ')}</span>
          </button>
        </li>
      ))}
    </ul>
  );
}

function react(
  chat: ReturnType<typeof useShell>['chat'],
  message: Message,
  emoji: string,
  me: string,
): void {
  const has = message.reactions.some((one) => one.emoji === emoji && one.userIds.includes(me));
  const { conversationId, _id: messageId } = message;
  void chat.connection
    .ask(has ? 'remove-reaction' : 'add-reaction', { conversationId, messageId, emoji })
    .catch((error: unknown) => chat.notices.say(messageOf(error)));
}

async function copy(text: string): Promise<void> {
  // only pages with a secure origin have it
  await (navigator as { clipboard?: Clipboard }).clipboard?.writeText(text).catch(() => undefined);
}
