import type { Conversation } from '@chatterbox/events';
import { useEffect, useState } from 'preact/hooks';
import { conversation as toConversation, room as toRoom } from '../core/target';
import type { Item } from '../core/timeline';
import type { Person } from '../net/api';
import { Refused, messageOf } from '../net/failure';
import { go, nameOf, otherIn, useChat } from './context';
import { preview } from './MessageRow';
import { Avatar, Dialog, Field, Form, Spinner } from './parts';

const PAUSE_MS = 250;

/** Chooses people by the beginning of their names. */
function PeoplePicker({
  chosen,
  setChosen,
  without = [],
}: {
  chosen: readonly Person[];
  setChosen: (people: readonly Person[]) => void;
  without?: readonly string[];
}) {
  const { api, me } = useChat();
  const [q, setQ] = useState('');
  const [found, setFound] = useState<readonly Person[]>();
  const [problem, setProblem] = useState('');
  useEffect(() => {
    let isWanted = true;
    const timer = setTimeout(() => {
      api
        .people(q.trim())
        .then((people) => {
          if (isWanted) {
            setFound(people);
            setProblem('');
          }
        })
        .catch((error: unknown) => isWanted && setProblem(messageOf(error)));
    }, PAUSE_MS);
    return () => {
      isWanted = false;
      clearTimeout(timer);
    };
  }, [q, api]);
  const others = found?.filter(({ _id }) => _id !== me && !without.includes(_id));
  const isChosen = (person: Person) => chosen.some(({ _id }) => _id === person._id);
  const toggle = (person: Person) =>
    setChosen(
      isChosen(person) ? chosen.filter(({ _id }) => _id !== person._id) : [...chosen, person],
    );
  return (
    <div class="picker">
      {chosen.length > 0 && (
        <ul class="chips" aria-label="Chosen people">
          {chosen.map((person) => (
            <li key={person._id}>
              <button
                type="button"
                aria-label={`Remove ${person.username}`}
                onClick={() => toggle(person)}
              >
                {person.username} ×
              </button>
            </li>
          ))}
        </ul>
      )}
      <label class="field">
        <span>People</span>
        <input
          type="search"
          value={q}
          autofocus
          placeholder="Search by name"
          onInput={(event) => setQ(event.currentTarget.value)}
        />
      </label>
      {problem && (
        <p class="problem" role="alert">
          {problem}
        </p>
      )}
      {!found && !problem && <Spinner label="Looking for people" />}
      {others?.length === 0 && (
        <p class="quiet" role="status">
          Nobody found.
        </p>
      )}
      <ul class="people pickable" aria-label="People found">
        {others?.map((person) => (
          <li key={person._id}>
            <button type="button" aria-pressed={isChosen(person)} onClick={() => toggle(person)}>
              <Avatar
                id={person._id}
                name={person.username}
                url={person.avatar}
                size="small"
                status={person.status}
              />
              <span>{person.username}</span>
            </button>
          </li>
        ))}
      </ul>
    </div>
  );
}

export function NewConversation({ onClose }: { onClose: () => void }) {
  const chat = useChat();
  const [chosen, setChosen] = useState<readonly Person[]>([]);
  const [asGroup, setAsGroup] = useState(false);
  const isGroup = asGroup || chosen.length > 1;
  const [first] = chosen;
  return (
    <Dialog title="New conversation" onClose={onClose}>
      <Form
        submit={isGroup ? 'Create the group' : 'Start'}
        onSubmit={async (value) => {
          if (!first) {
            throw new Refused('VALIDATION_ERROR', 'Choose somebody first.');
          }
          const ids = chosen.map(({ _id }) => _id);
          const made = isGroup
            ? await chat.api.createGroup(value('name'), value('description'), ids)
            : await chat.api.createDirect(first._id);
          chat.conversations.put(made);
          void chat.people.ask([made], true).catch(() => undefined);
          go(toConversation(made._id));
          onClose();
          return undefined;
        }}
      >
        <PeoplePicker chosen={chosen} setChosen={setChosen} />
        <label class="check">
          <input
            type="checkbox"
            checked={isGroup}
            disabled={chosen.length > 1}
            onChange={(event) => setAsGroup(event.currentTarget.checked)}
          />
          Make it a group
        </label>
        {isGroup && (
          <>
            <Field label="Name of the group" name="name" maxLength={100} required />
            <Field label="Description" name="description" maxLength={500} />
          </>
        )}
      </Form>
    </Dialog>
  );
}

export function AddPeople({
  conversation,
  onClose,
}: {
  conversation: Conversation;
  onClose: () => void;
}) {
  const chat = useChat();
  const [chosen, setChosen] = useState<readonly Person[]>([]);
  return (
    <Dialog title="Add people" onClose={onClose}>
      <Form
        submit="Add"
        onSubmit={async () => {
          const ids = chosen.map(({ _id }) => _id);
          if (ids.length > 0) {
            chat.conversations.put(await chat.api.addParticipants(conversation._id, ids));
          }
          onClose();
          return undefined;
        }}
      >
        <PeoplePicker
          chosen={chosen}
          setChosen={setChosen}
          without={conversation.participants.map(({ _id }) => _id)}
        />
      </Form>
    </Dialog>
  );
}

export function NewRoom({ onClose }: { onClose: () => void }) {
  const chat = useChat();
  return (
    <Dialog title="New room" onClose={onClose}>
      <p class="quiet">Anyone who is signed in may join a room.</p>
      <Form
        submit="Create the room"
        onSubmit={async (value) => {
          const made = await chat.api.createRoom(
            value('name').trim().toLowerCase(),
            value('description'),
          );
          chat.rooms.put(made);
          go(toRoom(made.name));
          onClose();
          return undefined;
        }}
      >
        <Field
          label="Name"
          name="name"
          maxLength={50}
          required
          autofocus
          hint="Small letters, digits, - and _"
          pattern="[A-Za-z0-9][A-Za-z0-9_\-]*"
        />
        <Field label="What is it about?" name="description" maxLength={500} />
      </Form>
    </Dialog>
  );
}

export function Forward({ item, onClose }: { item: Item; onClose: () => void }) {
  const chat = useChat();
  const [chosen, setChosen] = useState<readonly string[]>([]);
  const toggle = (id: string) =>
    setChosen(
      chosen.includes(id) ? chosen.filter((one) => one !== id) : [...chosen, id].slice(0, 20),
    );
  return (
    <Dialog title="Forward" onClose={onClose}>
      <blockquote class="quiet">{preview(item)}</blockquote>
      <Form
        submit="Forward"
        onSubmit={async () => {
          if (chosen.length === 0) {
            throw new Refused('VALIDATION_ERROR', 'Choose a conversation first.');
          }
          await chat.api.forward(item._id, chosen);
          chat.notices.say('Forwarded.');
          onClose();
          return undefined;
        }}
      >
        <ul class="people pickable" aria-label="Conversations">
          {chat.conversations.sorted.value.map((one) => {
            const other = one.type === 'direct' ? otherIn(one, chat.me) : undefined;
            return (
              <li key={one._id}>
                <button
                  type="button"
                  aria-pressed={chosen.includes(one._id)}
                  onClick={() => toggle(one._id)}
                >
                  <Avatar
                    id={other?._id ?? one._id}
                    name={nameOf(one, chat.me)}
                    url={other?.avatar}
                    size="small"
                  />
                  <span>{nameOf(one, chat.me)}</span>
                </button>
              </li>
            );
          })}
        </ul>
      </Form>
    </Dialog>
  );
}
