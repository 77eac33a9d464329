import type { Conversation } from '@chatterbox/events';
import { memo } from 'preact/compat';
import type { Item } from '../core/timeline';
import { isMessage } from '../core/timeline';
import { dayOf, momentOf, timeOf } from '../core/words';
import { Attachments } from './Attachments';
import { Markdown, Plain } from './Content';
import type { Entry } from './entries';
import type { RowActions } from './MessageTools';
import { MessageTools, Reactions } from './MessageTools';
import { Avatar } from './parts';
import { SeenBy } from './SeenBy';

interface Props {
  entry: Extract<Entry, { kind: 'item' }>;
  me: string;
  conversation: Conversation | undefined;
  /** The message that this one answers, if it is at hand. */
  quoted: Item | undefined;
  isPointedAt: boolean;
  actions: RowActions;
}

/** A message as it stands in a timeline. */
export const MessageRow = memo(function MessageRow(props: Props) {
  const { entry, me, conversation, quoted, isPointedAt, actions } = props;
  const { item, startsDay, startsGroup, isFirstUnread } = entry;
  const isOwn = item.sender._id === me;
  const message = isMessage(item) ? item : undefined;
  const isAnswer = message?.type === 'ai';
  const sender = conversation?.participants.find(({ _id }) => _id === item.sender._id);
  const kinds = [
    isOwn ? 'own' : '',
    isAnswer ? 'answer' : '',
    startsGroup ? 'first' : '',
    isPointedAt ? 'pointed' : '',
  ];
  const name = isAnswer ? 'Assistant' : (sender?.username ?? item.sender.username);
  return (
    <>
      {startsDay && (
        <div class="day">
          <span>{dayOf(item.createdAt)}</span>
        </div>
      )}
      {isFirstUnread && (
        <div class="unread-line">
          <span>New messages</span>
        </div>
      )}
      <article
        class={`message ${kinds.filter(Boolean).join(' ')}`}
        data-seq={item.seq}
        aria-label={`${name}, ${timeOf(item.createdAt)}`}
      >
        {!isOwn && (
          <span class="face">
            {startsGroup && (
              <Avatar id={item.sender._id} name={name} url={sender?.avatar} size="small" />
            )}
          </span>
        )}
        <div class="stack">
          {startsGroup && !isOwn && <span class={isAnswer ? 'name' : 'name plain'}>{name}</span>}
          <div class="bubble">
            {message?.forwardedFrom && (
              <small class="origin">Forwarded from {message.forwardedFrom.sender.username}</small>
            )}
            {message?.replyTo && !message.deletedAt && (
              <button
                type="button"
                class="quote"
                onClick={() => actions.show(message.replyTo ?? '')}
              >
                <strong>{quoted ? quoted.sender.username : 'Reply'}</strong>
                <span>{quoted ? preview(quoted) : 'Show the message'}</span>
              </button>
            )}
            <Body item={item} me={me} conversation={conversation} />
            {message && message.attachments.length > 0 && (
              <Attachments files={message.attachments} />
            )}
            <span class="stamp">
              {message?.editedAt && !message.deletedAt && <span>edited</span>}
              <time dateTime={item.createdAt} title={momentOf(item.createdAt)}>
                {timeOf(item.createdAt)}
              </time>
              {isOwn && conversation && message && !message.deletedAt && (
                <SeenBy message={message} conversation={conversation} me={me} />
              )}
            </span>
          </div>
          {message && <Reactions message={message} me={me} conversation={conversation} />}
        </div>
        {message && conversation && !message.deletedAt && (
          <MessageTools message={message} me={me} conversation={conversation} actions={actions} />
        )}
      </article>
    </>
  );
});

function Body({
  item,
  me,
  conversation,
}: {
  item: Item;
  me: string;
  conversation: Conversation | undefined;
}) {
  if (isMessage(item) && item.deletedAt) {
    return <p class="text deleted">This message was deleted</p>;
  }
  return isMessage(item) && item.type === 'ai' ? (
    <Markdown text={item.content} />
  ) : (
    <Plain text={item.content} people={conversation?.participants ?? []} me={me} />
  );
}

export function preview(item: Item): string {
  if (isMessage(item) && item.deletedAt) {
    return 'This message was deleted';
  }
  return item.content.length > 120 ? `${item.content.slice(0, 120)}…` : item.content;
}
