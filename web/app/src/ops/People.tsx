import { useCallback, useEffect, useState } from 'preact/hooks';
import { fetchData } from '../net/http';
import { messageOf } from '../net/failure';
import type { Session } from '../net/session';
import type { Feed } from './feed';
import type { Account, Accounts, Sockets } from './frames';
import { ago, count } from './words';

const REFRESH_MS = 3_000;

/** Who is online; an account's sockets, on whichever gateway, and how to cut them. */
export function People({ feed, session, now }: { feed: Feed; session: Session; now: number }) {
  const [begin, setBegin] = useState('');
  const [online, setOnline] = useState<Accounts>({ accounts: [], total: 0, silent: [] });
  const [away, setAway] = useState<Account[]>([]);
  const [chosen, setChosen] = useState<Account | undefined>(undefined);
  const { value: link } = feed.link;

  useEffect(() => {
    if (link !== 'open') {
      return undefined;
    }
    let isWanted = true;
    const read = async () => {
      const found = await feed.ask<Accounts>('accounts', { begin }).catch(() => undefined);
      if (isWanted && found) {
        setOnline(found);
      }
    };
    void read();
    const timer = setInterval(() => void read(), REFRESH_MS);
    return () => {
      isWanted = false;
      clearInterval(timer);
    };
  }, [feed, link, begin]);

  // who is not online is found over REST, as by everybody
  useEffect(() => {
    if (begin === '') {
      setAway([]);
      return undefined;
    }
    let isWanted = true;
    const timer = setTimeout(() => {
      void search(session, begin).then((found) => isWanted && setAway(found));
    }, 250);
    return () => {
      isWanted = false;
      clearTimeout(timer);
    };
  }, [session, begin]);

  const ids = new Set(online.accounts.map(({ userId }) => userId));
  const shown = [...online.accounts, ...away.filter(({ userId }) => !ids.has(userId))];
  return (
    <section aria-labelledby="people" class="panel">
      <h2 id="people">
        Online <span class="badge">{count(online.total)}</span>
      </h2>
      <label class="field">
        <span>Find an account</span>
        <input
          type="search"
          placeholder="The beginning of a name"
          value={begin}
          onInput={({ currentTarget }) => setBegin(currentTarget.value.trim())}
        />
      </label>
      <Silent gateways={online.silent} />
      {shown.length === 0 && <p class="quiet">Nobody.</p>}
      <ul class="accounts">
        {shown.map((account) => (
          <li key={account.userId}>
            <button
              type="button"
              aria-pressed={chosen?.userId === account.userId}
              onClick={() => setChosen(account)}
            >
              {account.username} <small>{sockets(account.sockets)}</small>
            </button>
          </li>
        ))}
      </ul>
      {chosen && <OfAccount key={chosen.userId} feed={feed} account={chosen} now={now} />}
    </section>
  );
}

function OfAccount({ feed, account, now }: { feed: Feed; account: Account; now: number }) {
  const { userId, username } = account;
  const [found, setFound] = useState<Sockets | undefined>(undefined);
  const [note, setNote] = useState('');
  const read = useCallback(async () => {
    try {
      setFound(await feed.ask<Sockets>('sockets', { userId }));
    } catch {
      // the next time
    }
  }, [feed, userId]);
  useEffect(() => {
    void read();
    const timer = setInterval(() => void read(), REFRESH_MS);
    return () => clearInterval(timer);
  }, [read]);
  const cut = async (fields: { userId: string } | { socketId: string }) => {
    try {
      const gone = await feed.ask<Sockets>('cut', fields);
      setNote(`${sockets(gone.total)} cut.`);
    } catch (error) {
      setNote(messageOf(error));
    }
    await read();
  };
  return (
    <section aria-labelledby="sockets" class="sockets">
      <h3 id="sockets">Sockets of {username}</h3>
      <p role="status" class="fine">
        {note}
      </p>
      {found && <Silent gateways={found.silent} />}
      {found?.total === 0 && <p class="quiet">None.</p>}
      <ul>
        {found?.sockets.map((socket) => (
          <li key={socket.socketId} data-gateway={socket.gateway}>
            <div>
              <strong>{socket.gateway}</strong> from {socket.address}, for {ago(socket.since, now)}
              <small>{socket.userAgent || 'no user agent'}</small>
              <small>socket {socket.socketId}</small>
            </div>
            <button
              type="button"
              class="button danger"
              aria-label={`Cut socket ${socket.socketId}`}
              onClick={() => void cut({ socketId: socket.socketId })}
            >
              Cut
            </button>
          </li>
        ))}
      </ul>
      {found !== undefined && found.total > 0 && (
        <button type="button" class="button danger" onClick={() => void cut({ userId })}>
          Cut all
        </button>
      )}
      <p class="quiet">
        A socket that is cut is disconnected; its session stays, so it may connect again.
      </p>
    </section>
  );
}

function Silent({ gateways }: { gateways: readonly string[] }) {
  return gateways.length === 0 ? null : (
    <p class="problem">No answer from {gateways.join(', ')}.</p>
  );
}

function sockets(many: number): string {
  return many === 1 ? '1 socket' : `${count(many)} sockets`;
}

async function search(session: Session, begin: string): Promise<Account[]> {
  try {
    const token = await session.token();
    const path = `/api/users?limit=20&q=${encodeURIComponent(begin)}`;
    const { users } = await fetchData<{ users: { _id: string; username: string }[] }>('GET', path, {
      token,
    });
    return users.map(({ _id, username }) => ({ userId: _id, username, sockets: 0 }));
  } catch {
    return [];
  }
}
