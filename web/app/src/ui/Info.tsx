import type { Conversation, Participant, Room } from '@chatterbox/events';
import { useState } from 'preact/hooks';
import type { Target } from '../core/target';
import { agoOf, count } from '../core/words';
import { messageOf } from '../net/failure';
import { go, nameOf, otherIn, useChat, useShell } from './context';
import { Menu } from './Menu';
import { MenuItem } from './MessageTools';
import { Avatar, Field, Form, IconButton } from './parts';

/** Who is in a conversation or a room, and what one may change there. */
export function Info({ target, onClose }: { target: Target; onClose: () => void }) {
  const chat = useChat();
  const conversation =
    target.kind === 'conversation' ? chat.conversations.get(target.id) : undefined;
  return (
    <aside class="side" aria-label="Details">
      <header>
        <h2>Details</h2>
        <IconButton icon="close" label="Close the details" onClick={onClose} />
      </header>
      {conversation?.type === 'group' && <Group conversation={conversation} />}
      {conversation?.type === 'direct' && <Direct conversation={conversation} />}
      {target.kind === 'room' && <Occupants room={chat.view.room.value} />}
    </aside>
  );
}

function Direct({ conversation }: { conversation: Conversation }) {
  const chat = useChat();
  const other = otherIn(conversation, chat.me);
  const where = chat.people.presence.value.get(other._id);
  return (
    <div class="person">
      <Avatar
        id={other._id}
        name={other.username}
        url={other.avatar}
        size="large"
        status={where?.status}
      />
      <h3>{other.username}</h3>
      <p class="quiet">
        {where?.status === 'offline' && where.lastSeen
          ? `Last seen ${agoOf(where.lastSeen)}`
          : where?.status}
      </p>
    </div>
  );
}

function Occupants({ room }: { room: Room | undefined }) {
  const chat = useChat();
  const { value: users } = chat.view.users;
  return (
    <>
      {room?.description && <p class="description">{room.description}</p>}
      <h3>{count(users.length, 'person', 'people')} here</h3>
      <ul class="people" aria-label="People in this room">
        {users.map(({ _id, username }) => (
          <li key={_id}>
            <Avatar id={_id} name={username} size="small" />
            <span>{_id === chat.me ? `${username} (you)` : username}</span>
          </li>
        ))}
      </ul>
    </>
  );
}

function Group({ conversation }: { conversation: Conversation }) {
  const { chat, openDialog } = useShell();
  const [isRenaming, setRenaming] = useState(false);
  const [isSure, setSure] = useState(false);
  const { _id: id, participants } = conversation;
  const isAdmin = participants.some(({ _id, role }) => _id === chat.me && role === 'admin');
  const attempt = (work: Promise<unknown>) =>
    void work.catch((error: unknown) => chat.notices.say(messageOf(error)));
  const leave = () => {
    if (isSure) {
      attempt(chat.api.leave(id).then(() => go(undefined)));
    }
    setSure(!isSure);
  };
  return (
    <>
      {isRenaming ? (
        <Form
          submit="Save"
          onSubmit={async (value) => {
            chat.conversations.put(await chat.api.rename(id, value('name'), value('description')));
            setRenaming(false);
            return undefined;
          }}
        >
          <Field
            label="Name"
            name="name"
            initial={conversation.name ?? ''}
            maxLength={100}
            required
          />
          <Field
            label="Description"
            name="description"
            initial={conversation.description ?? ''}
            maxLength={500}
          />
        </Form>
      ) : (
        <div class="person">
          <Avatar id={id} name={nameOf(conversation, chat.me)} size="large" />
          <h3>{conversation.name}</h3>
          {conversation.description && <p class="description">{conversation.description}</p>}
          {isAdmin && (
            <button type="button" class="link" onClick={() => setRenaming(true)}>
              Rename
            </button>
          )}
        </div>
      )}
      <div class="row">
        <h3>{count(participants.length, 'member')}</h3>
        {isAdmin && (
          <IconButton
            icon="plus"
            label="Add people"
            onClick={() => openDialog({ kind: 'add-people', conversation })}
          />
        )}
      </div>
      <ul class="people" aria-label="Members">
        {participants.map((one) => (
          <li key={one._id}>
            <Avatar
              id={one._id}
              name={one.username}
              url={one.avatar}
              size="small"
              status={one._id === chat.me ? undefined : chat.people.statusOf(one._id)}
            />
            <span>{one._id === chat.me ? `${one.username} (you)` : one.username}</span>
            {one.role === 'admin' && <small class="badge">admin</small>}
            {isAdmin && one._id !== chat.me && (
              <MemberMenu conversation={conversation} one={one} attempt={attempt} />
            )}
          </li>
        ))}
      </ul>
      <button type="button" class="button danger quiet-button" onClick={leave}>
        {isSure ? 'Really leave the group?' : 'Leave the group'}
      </button>
    </>
  );
}

function MemberMenu({
  conversation,
  one,
  attempt,
}: {
  conversation: Conversation;
  one: Participant;
  attempt: (work: Promise<unknown>) => void;
}) {
  const { api } = useChat();
  const other = one.role === 'admin' ? 'member' : 'admin';
  return (
    <Menu icon="more" label={`Change ${one.username}`}>
      {(close) => (
        <>
          <MenuItem
            icon="people"
            label={other === 'admin' ? 'Make admin' : 'Make member'}
            onClick={() => {
              close();
              attempt(api.changeRole(conversation._id, one._id, other));
            }}
          />
          <MenuItem
            icon="trash"
            label="Remove from the group"
            isDanger
            onClick={() => {
              close();
              attempt(api.removeParticipant(conversation._id, one._id));
            }}
          />
        </>
      )}
    </Menu>
  );
}
