import type { Message } from '@chatterbox/events';
import { useSignal } from '@preact/signals';
import { useCallback, useEffect, useMemo, useRef } from 'preact/hooks';
import type { Target } from '../core/target';
import type { Item } from '../core/timeline';
import * as timelines from '../core/timeline';
import { useChat } from './context';
import { Markdown } from './Content';
import type { Entry } from './entries';
import { entries, keyOfEntry } from './entries';
import { Icon } from './icons';
import { MessageRow } from './MessageRow';
import { OutgoingRow } from './OutgoingRow';
import { Avatar, Spinner } from './parts';
import { VirtualList } from './VirtualList';

/** The messages of what is open. */
export function Timeline({
  target,
  onReply,
  onEdit,
}: {
  target: Target;
  onReply: (message: Message) => void;
  onEdit: (message: Message) => void;
}) {
  const chat = useChat();
  const { view, assistant, me } = chat;
  const { value: timeline } = view.timeline;
  const { value: jump } = view.jump;
  const { value: run } = assistant.run;
  const { value: divider } = view.divider;
  const { value: failure } = assistant.error;
  const error = failure?.conversationId === target.id ? failure.message : undefined;
  const isComplete = !timelines.hasNewer(timeline);
  const conversation =
    target.kind === 'conversation' ? chat.conversations.get(target.id) : undefined;
  const outgoing = isComplete ? chat.outgoingTo(target) : [];
  const waiting = outgoing.map(({ clientMessageId, state }) => clientMessageId + state).join();
  const list = useRef<VirtualList<Entry>>(null);
  const heard = useSignal('');

  const all = useMemo(
    () =>
      entries(timeline.items, {
        hasOlder: timelines.hasOlder(timeline),
        divider,
        outgoing,
        run: isComplete ? run : undefined,
        error,
        me,
      }),
    // `waiting` says what is in `outgoing`
    // eslint-disable-next-line react-hooks/exhaustive-deps
    [timeline, divider, waiting, run, error, me, isComplete],
  );
  const byId = useMemo(() => {
    const wanted = new Set(
      timeline.items.map((item) => (timelines.isMessage(item) ? item.replyTo : undefined)),
    );
    return new Map(
      timeline.items.filter(({ _id }) => wanted.has(_id)).map((item) => [item._id, item]),
    );
  }, [timeline]);

  // one's own message is wanted on the screen, wherever that is
  const last = outgoing.at(-1)?.clientMessageId;
  useEffect(() => {
    if (last) {
      list.current?.toEnd();
    }
  }, [last]);

  // what comes in is read aloud once, whatever is scrolled
  const newest = timeline.items.at(-1);
  const newestSeq = useRef(0);
  useEffect(() => {
    if (
      newest &&
      newestSeq.current > 0 &&
      newest.seq > newestSeq.current &&
      newest.sender._id !== me
    ) {
      heard.value = `${newest.sender.username}: ${newest.content}`;
    }
    newestSeq.current = newest?.seq ?? 0;
  }, [newest, me, heard]);

  const show = useCallback((id: string) => void showQuoted(chat, id), [chat]);
  const actions = useMemo(() => ({ reply: onReply, edit: onEdit, show }), [onReply, onEdit, show]);
  const jumpKey = jump && timeline.items.find(({ _id }) => _id === jump.id);
  const jumpTo = useMemo(
    () => (jump && jumpKey ? { id: jumpKey.clientMessageId ?? jumpKey._id } : undefined),
    // the place counts when it is asked for, and not again
    // eslint-disable-next-line react-hooks/exhaustive-deps
    [jump],
  );

  const row = (entry: Entry) => {
    switch (entry.kind) {
      case 'top':
        return entry.hasOlder ? (
          <div class="top">
            <Spinner label="Loading older messages" />
          </div>
        ) : (
          <Beginning isRoom={target.kind === 'room'} isEmpty={all.length === 1} />
        );
      case 'item':
        return (
          <MessageRow
            entry={entry}
            me={me}
            conversation={conversation}
            quoted={quotedOf(entry.item, byId)}
            isPointedAt={jump?.id === entry.item._id}
            actions={actions}
          />
        );
      case 'outgoing':
        return <OutgoingRow outgoing={entry.outgoing} startsGroup={entry.startsGroup} />;
      case 'run':
        return (
          <article class="message answer first" aria-label="The assistant answers" aria-busy="true">
            <span class="face">
              <Avatar id="ai" name="Assistant" size="small" />
            </span>
            <div class="stack">
              <span class="name">Assistant</span>
              <div class="bubble">
                {entry.run.text ? (
                  <Markdown text={entry.run.text} />
                ) : (
                  <span class="thinking">
                    <i />
                    <i />
                    <i />
                  </span>
                )}
              </div>
              <button
                type="button"
                class="stop"
                disabled={assistant.isStopping.value}
                onClick={() => void assistant.stop()}
              >
                <Icon name="stop" size={16} /> Stop answering
              </button>
            </div>
          </article>
        );
      case 'error':
        return (
          <p class="problem" role="alert">
            {entry.message}
          </p>
        );
    }
  };

  return (
    <>
      <VirtualList
        ref={list}
        label="Messages"
        items={all}
        keyOf={keyOfEntry}
        row={row}
        isComplete={isComplete}
        jump={jumpTo}
        onStart={() => void view.older()}
        onEnd={() => void view.newer()}
        onEndShown={(isShown) => (chat.isEndShown.value = isShown)}
      />
      <p class="hidden" aria-live="polite">
        {heard}
      </p>
      {timeline.items.length > 0 && (
        <ToEnd
          isComplete={isComplete}
          onClick={() => (isComplete ? list.current?.toEnd() : void view.open(target))}
        />
      )}
    </>
  );
}

function ToEnd({ isComplete, onClick }: { isComplete: boolean; onClick: () => void }) {
  const { isEndShown } = useChat();
  return isEndShown.value ? null : (
    <button type="button" class="to-end" onClick={onClick} aria-label="To the newest message">
      <Icon name="down" /> {isComplete ? '' : 'Newest'}
    </button>
  );
}

function Beginning({ isRoom, isEmpty }: { isRoom: boolean; isEmpty: boolean }) {
  return (
    <div class="beginning">
      <Icon name="chat" size={24} />
      <p>
        {isEmpty
          ? 'Nothing was said here yet. Say hello!'
          : `This is where the ${isRoom ? 'room' : 'conversation'} begins.`}
      </p>
    </div>
  );
}

function quotedOf(item: Item, byId: ReadonlyMap<string, Item>): Item | undefined {
  return timelines.isMessage(item) && item.replyTo ? byId.get(item.replyTo) : undefined;
}

/** An answered message may be far away: the one after it tells its number. */
async function showQuoted(chat: ReturnType<typeof useChat>, id: string): Promise<void> {
  const target = chat.view.target.peek();
  const known = chat.view.timeline.peek().items.find(({ _id }) => _id === id);
  try {
    if (known) {
      await chat.view.show(known);
    } else if (target) {
      const [next] = await chat.api.after(target, id);
      if (next) {
        await chat.view.show({ _id: id, seq: next.seq - 1 });
      }
    }
  } catch {
    chat.notices.say('The message cannot be shown now.');
  }
}
