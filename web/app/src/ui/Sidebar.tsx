import type { Conversation, Message } from '@chatterbox/events';
import { useState } from 'preact/hooks';
import { conversation as toConversation, isSame, room as toRoom } from '../core/target';
import { count, shortOf, typingOf } from '../core/words';
import { go, nameOf, otherIn, useChat, useShell } from './context';
import { hashOf } from '../core/target';
import { Icon } from './icons';
import { preview } from './MessageRow';
import { Avatar, IconButton, Spinner } from './parts';
import { useFound } from './SearchIn';

/** All conversations and rooms, and the way to oneself. */
export function Sidebar() {
  const { chat, openDialog } = useShell();
  const [q, setQ] = useState('');
  const { value: profile } = chat.profile;
  const name = profile?.username ?? chat.session.pair.value?.user.username ?? '';
  return (
    <nav class="sidebar" aria-label="Conversations">
      <header>
        <button type="button" class="self" onClick={() => openDialog({ kind: 'settings' })}>
          <Avatar
            id={chat.me}
            name={name}
            url={profile?.avatar}
            status={
              chat.connection.isOnline.value
                ? profile?.status === 'busy' || profile?.status === 'away'
                  ? profile.status
                  : 'online'
                : undefined
            }
          />
          <strong>{name}</strong>
          <span class="hidden">, settings</span>
        </button>
        <IconButton
          icon="settings"
          label="Settings"
          onClick={() => openDialog({ kind: 'settings' })}
        />
        <IconButton
          icon="plus"
          label="New conversation"
          onClick={() => openDialog({ kind: 'new-conversation' })}
        />
      </header>
      <label class="search">
        <Icon name="search" size={18} />
        <input
          type="search"
          placeholder="Search messages"
          aria-label="Search all messages"
          value={q}
          onInput={(event) => setQ(event.currentTarget.value)}
        />
      </label>
      {q.trim().length >= 2 ? <Found q={q} onDone={() => setQ('')} /> : <Lists />}
    </nav>
  );
}

function Lists() {
  const { chat, openDialog } = useShell();
  const { value: all } = chat.conversations.sorted;
  const { value: target } = chat.view.target;
  return (
    <div class="lists">
      {!chat.conversations.isLoaded.value && (
        <div class="centre">
          <Spinner label="Loading conversations" />
        </div>
      )}
      {chat.conversations.isLoaded.value && all.length === 0 && (
        <div class="invite">
          <p>No conversations yet.</p>
          <button
            type="button"
            class="button"
            onClick={() => openDialog({ kind: 'new-conversation' })}
          >
            Start one
          </button>
        </div>
      )}
      <ul class="entries" aria-label="Conversations">
        {all.map((one) => (
          <li key={one._id}>
            <ConversationLink one={one} isOpen={isSame(target, toConversation(one._id))} />
          </li>
        ))}
      </ul>
      <div class="section">
        <h2>Rooms</h2>
        <IconButton icon="plus" label="New room" onClick={() => openDialog({ kind: 'new-room' })} />
      </div>
      <ul class="entries rooms" aria-label="Rooms">
        {chat.rooms.all.value.map((room) => {
          const isOpen = isSame(target, toRoom(room.name));
          const here = isOpen ? chat.view.users.value.length : room.userCount;
          return (
            <li key={room.name}>
              <a
                class="entry room"
                href={hashOf(toRoom(room.name))}
                aria-current={isOpen ? 'page' : undefined}
              >
                <span class="hash" aria-hidden="true">
                  #
                </span>
                <span class="what">{room.name}</span>
                {here > 0 && (
                  <small role="img" aria-label={`${count(here, 'person', 'people')} there`}>
                    {here}
                  </small>
                )}
              </a>
            </li>
          );
        })}
      </ul>
    </div>
  );
}

function ConversationLink({ one, isOpen }: { one: Conversation; isOpen: boolean }) {
  const chat = useChat();
  const name = nameOf(one, chat.me);
  const other = one.type === 'direct' ? otherIn(one, chat.me) : undefined;
  const typing = chat.typing.in(toConversation(one._id));
  const draft = isOpen ? '' : chat.drafts.of(toConversation(one._id));
  return (
    <a
      class={one.unread > 0 ? 'entry unread' : 'entry'}
      href={hashOf(toConversation(one._id))}
      aria-current={isOpen ? 'page' : undefined}
    >
      <Avatar
        id={other?._id ?? one._id}
        name={name}
        url={other?.avatar}
        status={other && chat.people.statusOf(other._id)}
      />
      <span class="what">
        <span class="row">
          <strong>{name}</strong>
          {one.lastMessage && (
            <time dateTime={one.lastMessage.createdAt}>{shortOf(one.lastMessage.createdAt)}</time>
          )}
        </span>
        <span class="row">
          <span class="last">
            {typing.length > 0 ? (
              <em>{typingOf(typing)}</em>
            ) : draft ? (
              <>
                <em>Draft:</em> {draft}
              </>
            ) : (
              lastOf(one, chat.me)
            )}
          </span>
          {one.unread > 0 && (
            <span class="count" role="img" aria-label={`${one.unread} unread`}>
              {one.unread > 99 ? '99+' : one.unread}
            </span>
          )}
        </span>
      </span>
    </a>
  );
}

function lastOf(one: Conversation, me: string): string {
  const { lastMessage } = one;
  if (!lastMessage) {
    return one.type === 'group' ? 'New group' : 'Say hello';
  }
  const text = preview(lastMessage);
  if (lastMessage.sender._id === me) {
    return `You: ${text}`;
  }
  return one.type === 'group' || lastMessage.type === 'ai'
    ? `${lastMessage.sender.username}: ${text}`
    : text;
}

function Found({ q, onDone }: { q: string; onDone: () => void }) {
  const chat = useChat();
  const { found, problem } = useFound(q);
  const open = (message: Message) => {
    onDone();
    const target = toConversation(message.conversationId);
    if (isSame(chat.view.target.peek(), target)) {
      void chat.view.show(message);
    } else {
      void chat.view.open(target, message);
      go(target);
    }
  };
  return (
    <div class="lists">
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
      <ul class="hits" aria-label="Found messages">
        {found?.map((message) => {
          const one = chat.conversations.get(message.conversationId);
          return (
            <li key={message._id}>
              <button type="button" onClick={() => open(message)}>
                <span class="row">
                  <strong>{one ? nameOf(one, chat.me) : ''}</strong>
                  <small>{shortOf(message.createdAt)}</small>
                </span>
                <span>
                  {message.sender.username}: {preview(message)}
                </span>
              </button>
            </li>
          );
        })}
      </ul>
    </div>
  );
}
