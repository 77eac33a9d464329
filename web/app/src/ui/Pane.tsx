import type { Message } from '@chatterbox/events';
import { useCallback, useState } from 'preact/hooks';
import type { Target } from '../core/target';
import { isMessage } from '../core/timeline';
import { agoOf, count, typingOf } from '../core/words';
import { Composer } from './Composer';
import type { About } from './Composer';
import { go, nameOf, otherIn, useChat } from './context';
import { Info } from './Info';
import { Avatar, Empty, IconButton, Spinner } from './parts';
import { SearchIn } from './SearchIn';
import { Timeline } from './Timeline';
import { useUploads } from './uploads';

/** What is open: its heading, its messages and the place to write. */
export function Pane({ target }: { target: Target }) {
  const chat = useChat();
  const { view, me } = chat;
  const [about, setAbout] = useState<About>();
  const [side, setSide] = useState<'info' | 'search' | undefined>();
  const [isOver, setOver] = useState(false);
  const uploads = useUploads();
  const { value: condition } = view.condition;
  const conversation =
    target.kind === 'conversation' ? chat.conversations.get(target.id) : undefined;
  const name =
    target.kind === 'room' ? `#${target.id}` : conversation ? nameOf(conversation, me) : '';
  const takesFiles = target.kind === 'conversation';

  const reply = useCallback((message: Message) => setAbout({ kind: 'reply', message }), []);
  const edit = useCallback((message: Message) => setAbout({ kind: 'edit', message }), []);

  if (condition === 'missing') {
    return (
      <Empty icon="chat" title="You are not in this conversation">
        <p>It does not exist, or you are no longer part of it.</p>
        <button type="button" class="button" onClick={() => go(undefined)}>
          Back
        </button>
      </Empty>
    );
  }
  return (
    <div
      class={side ? 'pane with-side' : 'pane'}
      onDragOver={(event) => {
        if (takesFiles && event.dataTransfer?.types.includes('Files')) {
          event.preventDefault();
          setOver(true);
        }
      }}
      onDragLeave={(event) => event.currentTarget === event.target && setOver(false)}
      onDrop={(event) => {
        setOver(false);
        if (takesFiles && event.dataTransfer && event.dataTransfer.files.length > 0) {
          event.preventDefault();
          uploads.add(event.dataTransfer.files);
        }
      }}
    >
      <section class="talk" aria-label={name || 'Conversation'}>
        <Heading target={target} name={name} side={side} setSide={setSide} />
        <div class="messages">
          {condition === 'loading' && (
            <div class="centre">
              <Spinner label="Loading messages" />
            </div>
          )}
          {typeof condition === 'object' && (
            <Empty icon="alert" title="This cannot be shown now">
              <p>{condition.failed}</p>
              <button type="button" class="button" onClick={() => void view.open(target)}>
                Try again
              </button>
            </Empty>
          )}
          {condition === 'ready' && <Timeline target={target} onReply={reply} onEdit={edit} />}
          {isOver && <div class="drop">Drop files to attach them</div>}
        </div>
        <p class="typing" aria-live="polite">
          {typingOf(chat.typing.in(target))}
        </p>
        <Composer
          target={target}
          name={name}
          people={conversation?.participants.filter(({ _id }) => _id !== me) ?? []}
          uploads={uploads}
          about={about}
          setAbout={setAbout}
          lastOwn={() =>
            view.timeline
              .peek()
              .items.filter(isMessage)
              .findLast((item) => item.sender._id === me && !item.deletedAt && item.type === 'text')
          }
        />
      </section>
      {side === 'info' && <Info target={target} onClose={() => setSide(undefined)} />}
      {side === 'search' && conversation && (
        <SearchIn conversation={conversation} onClose={() => setSide(undefined)} />
      )}
    </div>
  );
}

function Heading({
  target,
  name,
  side,
  setSide,
}: {
  target: Target;
  name: string;
  side: 'info' | 'search' | undefined;
  setSide: (side: 'info' | 'search' | undefined) => void;
}) {
  const chat = useChat();
  const conversation =
    target.kind === 'conversation' ? chat.conversations.get(target.id) : undefined;
  const other = conversation?.type === 'direct' ? otherIn(conversation, chat.me) : undefined;
  const toggle = (wanted: 'info' | 'search') => setSide(side === wanted ? undefined : wanted);
  return (
    <header class="heading">
      <IconButton
        icon="back"
        label="Back to all conversations"
        kind="only-narrow"
        onClick={() => go(undefined)}
      />
      <Avatar
        id={other?._id ?? target.id}
        name={name}
        url={other?.avatar}
        status={other && chat.people.statusOf(other._id)}
      />
      <div class="title">
        <h1>{name}</h1>
        <small>{subtitle(chat, target)}</small>
      </div>
      {conversation && (
        <IconButton
          icon="search"
          label="Search in this conversation"
          isPressed={side === 'search'}
          onClick={() => toggle('search')}
        />
      )}
      <IconButton
        icon={target.kind === 'room' || conversation?.type === 'group' ? 'people' : 'info'}
        label="Details"
        isPressed={side === 'info'}
        onClick={() => toggle('info')}
      />
    </header>
  );
}

function subtitle(chat: ReturnType<typeof useChat>, target: Target): string {
  if (target.kind === 'room') {
    const { length } = chat.view.users.value;
    return `${count(length, 'person', 'people')} here`;
  }
  const conversation = chat.conversations.get(target.id);
  if (!conversation) {
    return '';
  }
  if (conversation.type === 'group') {
    const online = conversation.participants.filter(
      ({ _id }) => _id === chat.me || chat.people.statusOf(_id) !== 'offline',
    ).length;
    return `${count(conversation.participants.length, 'member')}, ${online} online`;
  }
  const where = chat.people.presence.value.get(otherIn(conversation, chat.me)._id);
  if (!where) {
    return '';
  }
  return where.status === 'offline' && where.lastSeen
    ? `Last seen ${agoOf(where.lastSeen)}`
    : where.status;
}
