import { useEffect, useMemo, useState } from 'preact/hooks';
import type { Route } from '../core/target';
import { keyOf, routeOf } from '../core/target';
import { count } from '../core/words';
import type { Session } from '../net/session';
import { Chat } from '../state/chat';
import type { Dialogs, Shell } from './context';
import { ShellContext, useChat } from './context';
import { AddPeople, Forward, NewConversation, NewRoom } from './dialogs';
import { Doors } from './Doors';
import { Pane } from './Pane';
import { Empty, IconButton } from './parts';
import { Settings } from './Settings';
import { Sidebar } from './Sidebar';

/** The page: the doors, or all that is behind them. */
export function App({ session }: { session: Session }) {
  const route = useRoute();
  const user = session.pair.value?.user._id;
  if (user === undefined || route.page === 'reset') {
    return <Doors session={session} token={route.page === 'reset' ? route.token : undefined} />;
  }
  return <SignedIn key={user} session={session} route={route} />;
}

function useRoute(): Route {
  const [route, setRoute] = useState(() => routeOf(location.hash));
  useEffect(() => {
    const moved = () => setRoute(routeOf(location.hash));
    window.addEventListener('hashchange', moved);
    return () => window.removeEventListener('hashchange', moved);
  }, []);
  return route;
}

function SignedIn({ session, route }: { session: Session; route: Route }) {
  const [chat, setChat] = useState<Chat>();
  useEffect(() => {
    const pair = session.pair.peek();
    if (!pair) {
      return;
    }
    const made = new Chat(session, pair);
    made.open();
    setChat(made);
    return () => made.close();
  }, [session]);
  const target = route.page === 'target' ? route.target : undefined;
  const key = target && keyOf(target);
  useEffect(() => {
    chat?.show(target);
    // the key says which target it is
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [chat, key]);
  return chat ? <Behind chat={chat} /> : null;
}

function Behind({ chat }: { chat: Chat }) {
  const [dialog, openDialog] = useState<Dialogs>();
  const shell: Shell = useMemo(() => ({ chat, openDialog }), [chat]);
  const { value: target } = chat.view.target;
  const close = () => openDialog(undefined);
  return (
    <ShellContext.Provider value={shell}>
      <Connected />
      <div class={target ? 'shell open' : 'shell'}>
        <Sidebar />
        <main>
          {target ? (
            <Pane key={keyOf(target)} target={target} />
          ) : (
            <Empty icon="chat" title="Pick a conversation">
              <p>Or start a new one: with one person, or as a group.</p>
              <button
                type="button"
                class="button"
                onClick={() => openDialog({ kind: 'new-conversation' })}
              >
                New conversation
              </button>
            </Empty>
          )}
        </main>
      </div>
      {dialog?.kind === 'new-conversation' && <NewConversation onClose={close} />}
      {dialog?.kind === 'new-room' && <NewRoom onClose={close} />}
      {dialog?.kind === 'settings' && <Settings onClose={close} />}
      {dialog?.kind === 'add-people' && (
        <AddPeople conversation={dialog.conversation} onClose={close} />
      )}
      {dialog?.kind === 'forward' && <Forward item={dialog.item} onClose={close} />}
      <Notices />
    </ShellContext.Provider>
  );
}

/** What the connection is doing. */
function Connected() {
  const { value: banner } = useChat().link.banner;
  const text = {
    none: '',
    connecting: 'Connecting…',
    reconnecting: 'Connection lost. Reconnecting…',
    'catching-up': 'Connected again. Catching up…',
    'caught-up': banner.kind === 'caught-up' ? `Caught up: ${count(banner.count, 'message')}` : '',
  }[banner.kind];
  return (
    <div class={`banner ${banner.kind}`} role="status">
      {text}
    </div>
  );
}

function Notices() {
  const { notices } = useChat();
  return (
    <ul class="notices" aria-live="polite" aria-label="Notices">
      {notices.all.value.map(({ id, text }) => (
        <li key={id}>
          <span>{text}</span>
          <IconButton icon="close" label="Dismiss" onClick={() => notices.dismiss(id)} />
        </li>
      ))}
    </ul>
  );
}
