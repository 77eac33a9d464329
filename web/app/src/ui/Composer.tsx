import type { Message, Participant } from '@chatterbox/events';
import { useEffect, useRef, useState } from 'preact/hooks';
import { completions, mentionAt } from '../core/plain';
import type { Target } from '../core/target';
import { messageOf } from '../net/failure';
import { useChat } from './context';
import { Icon } from './icons';
import { preview } from './MessageRow';
import { IconButton } from './parts';
import { UploadList } from './UploadList';
import type { Uploads } from './uploads';

const MOST = 8_000;

export type About = { kind: 'reply' | 'edit'; message: Message } | undefined;

/** Where a message is written. */
export function Composer({
  target,
  name,
  people,
  uploads,
  about,
  setAbout,
  lastOwn,
}: {
  target: Target;
  name: string;
  people: readonly Participant[];
  uploads: Uploads;
  about: About;
  setAbout: (about: About) => void;
  lastOwn: () => Message | undefined;
}) {
  const chat = useChat();
  const [text, setText] = useState(() => chat.drafts.of(target));
  const [caret, setCaret] = useState(0);
  const [choice, setChoice] = useState(0);
  const [isHushed, setHushed] = useState(false);
  const [asks, setAsks] = useState(false);
  const area = useRef<HTMLTextAreaElement>(null);
  const picker = useRef<HTMLInputElement>(null);
  const isRoom = target.kind === 'room';
  const canAsk = !isRoom && chat.assistant.isEnabled.value && about === undefined;
  const isAsking = asks && canAsk;

  const mention = isHushed ? undefined : mentionAt(text, caret);
  const found = mention ? completions(mention.query, people) : [];
  const chosen = found[Math.min(choice, found.length - 1)];

  const files = uploads.all.value;
  const isUploading = files.some((file) => !file.done && !file.error);
  const trimmed = text.trim();
  const canSend = trimmed !== '' && lengthOf(trimmed) <= MOST && !isUploading;

  const write = (value: string) => {
    setText(value);
    if (about?.kind !== 'edit') {
      chat.drafts.keep(target, value);
    }
  };

  const edited = about?.kind === 'edit' ? about.message : undefined;
  useEffect(() => {
    if (edited) {
      setText(edited.content);
    }
    if (about) {
      area.current?.focus();
    }
  }, [about, edited]);

  useEffect(() => {
    const element = area.current;
    if (element) {
      element.style.height = 'auto';
      element.style.height = `${element.scrollHeight}px`;
    }
  }, [text]);

  const typed = (event: InputEvent) => {
    const element = event.currentTarget as HTMLTextAreaElement;
    write(element.value);
    setCaret(element.selectionStart);
    setHushed(false);
    setChoice(0);
    if (element.value.trim() === '') {
      chat.typing.stopped(target);
    } else if (about?.kind !== 'edit') {
      chat.typing.wrote(target);
    }
  };

  const complete = (person: Participant) => {
    const element = area.current;
    if (mention && element) {
      const before = `${text.slice(0, mention.start)}@${person.username} `;
      write(before + text.slice(caret));
      setHushed(true);
      requestAnimationFrame(() => {
        element.focus();
        element.setSelectionRange(before.length, before.length);
      });
    }
  };

  const leaveEdit = () => {
    setAbout(undefined);
    setText(chat.drafts.of(target));
  };

  const send = () => {
    if (!canSend) {
      return;
    }
    if (edited) {
      const { conversationId, _id: messageId } = edited;
      void chat.connection
        .ask('edit-message', { conversationId, messageId, content: trimmed })
        .catch((error: unknown) => chat.notices.say(messageOf(error)));
      leaveEdit();
      return;
    }
    chat.send(target, {
      content: trimmed,
      attachments: isAsking ? [] : files.flatMap(({ done }) => done ?? []),
      asks: isAsking,
      ...(about?.kind === 'reply' ? { replyTo: about.message._id } : {}),
    });
    if (!isAsking) {
      uploads.clear();
    }
    setAbout(undefined);
    write('');
    area.current?.focus();
  };

  const key = (event: KeyboardEvent) => {
    if (event.isComposing) {
      return;
    }
    if (chosen && ['ArrowDown', 'ArrowUp', 'Enter', 'Tab', 'Escape'].includes(event.key)) {
      event.preventDefault();
      if (event.key === 'Escape') {
        setHushed(true);
      } else if (event.key === 'Enter' || event.key === 'Tab') {
        complete(chosen);
      } else {
        const step = event.key === 'ArrowDown' ? 1 : found.length - 1;
        setChoice((choice + step) % found.length);
      }
    } else if (event.key === 'Enter' && !event.shiftKey) {
      event.preventDefault();
      send();
    } else if (event.key === 'Escape' && about) {
      event.preventDefault();
      leaveEdit();
    } else if (event.key === 'ArrowUp' && text === '') {
      const message = lastOwn();
      if (message) {
        event.preventDefault();
        setAbout({ kind: 'edit', message });
      }
    }
  };

  const paste = (event: ClipboardEvent) => {
    const pasted = event.clipboardData?.files;
    if (pasted && pasted.length > 0 && !isRoom) {
      event.preventDefault();
      uploads.add(pasted);
    }
  };

  return (
    <form
      class={isAsking ? 'composer asking' : 'composer'}
      aria-label="New message"
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      {found.length > 0 && (
        <ul class="completions" id="completions" role="listbox" aria-label="People">
          {found.map((person) => (
            <li
              key={person._id}
              id={`mention-${person._id}`}
              role="option"
              aria-selected={person === chosen}
              onPointerDown={(event) => {
                event.preventDefault();
                complete(person);
              }}
            >
              @{person.username}
            </li>
          ))}
        </ul>
      )}
      {about && (
        <div class="about">
          <Icon name={about.kind === 'edit' ? 'edit' : 'reply'} size={16} />
          <span>
            <strong>
              {about.kind === 'edit' ? 'Editing' : `Reply to ${about.message.sender.username}`}
            </strong>
            <span>{preview(about.message)}</span>
          </span>
          <IconButton icon="close" label="Cancel" onClick={leaveEdit} />
        </div>
      )}
      <UploadList uploads={uploads} />
      <div class="line">
        {!isRoom && !edited && (
          <>
            <IconButton icon="clip" label="Attach files" onClick={() => picker.current?.click()} />
            <input
              ref={picker}
              type="file"
              multiple
              hidden
              tabIndex={-1}
              aria-label="Files"
              onChange={(event) => {
                uploads.add(event.currentTarget.files ?? []);
                event.currentTarget.value = '';
              }}
            />
          </>
        )}
        {canAsk && (
          <IconButton
            icon="sparkle"
            label="Ask the assistant"
            kind="ask"
            isPressed={isAsking}
            onClick={() => {
              setAsks(!asks);
              area.current?.focus();
            }}
          />
        )}
        <textarea
          ref={area}
          rows={1}
          value={text}
          placeholder={isAsking ? 'Ask the assistant…' : `Message ${name}`}
          aria-label={isAsking ? 'Question to the assistant' : `Message ${name}`}
          aria-autocomplete="list"
          aria-controls={found.length > 0 ? 'completions' : undefined}
          aria-activedescendant={chosen ? `mention-${chosen._id}` : undefined}
          onInput={typed}
          onKeyDown={key}
          onSelect={(event) => setCaret(event.currentTarget.selectionStart)}
          onPaste={paste}
          onBlur={() => chat.typing.stopped(target)}
        />
        <button
          type="submit"
          class="send"
          aria-label={edited ? 'Save' : 'Send'}
          title={edited ? 'Save' : 'Send'}
          disabled={!canSend}
        >
          <Icon name={edited ? 'check' : 'send'} />
        </button>
      </div>
      {trimmed.length > MOST - 500 && (
        <p class={lengthOf(trimmed) > MOST ? 'problem' : 'hint'}>
          {lengthOf(trimmed)} of {MOST} characters
        </p>
      )}
    </form>
  );
}

/** In code points, as the server counts. */
function lengthOf(text: string): number {
  return Array.from(text).length;
}
