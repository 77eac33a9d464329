import { useEffect, useState } from 'preact/hooks';
import type { Session } from '../net/session';
import { SignInForm } from '../ui/SignInForm';
import { DeadLetters } from './DeadLetters';
import { Feed } from './feed';
import { Figures } from './Figures';
import { People } from './People';
import { Processes } from './Processes';

/** The operator's page, once one is signed in. */
export function App({ session }: { session: Session }) {
  const { value: pair } = session.pair;
  const userId = pair?.user._id;
  return userId === undefined ? (
    <SignIn session={session} />
  ) : (
    <Operations key={userId} session={session} />
  );
}

function SignIn({ session }: { session: Session }) {
  const { value: farewell } = session.farewell;
  return (
    <main class="doors">
      <div class="card">
        <p class="brand">
          <img src="./icon.svg" alt="" width="40" height="40" /> ChatterBox operations
        </p>
        <h1>Sign in</h1>
        {farewell && (
          <p class="fine" role="status">
            {farewell}
          </p>
        )}
        <SignInForm session={session} />
      </div>
    </main>
  );
}

function Operations({ session }: { session: Session }) {
  const [feed] = useState(() => new Feed(session));
  useEffect(() => {
    void feed.open();
    return () => feed.close();
  }, [feed]);
  const { value: link } = feed.link;
  const { value: picture } = feed.picture;
  const name = session.pair.value?.user.username ?? '';
  if (link === 'forbidden') {
    return (
      <main class="doors">
        <div class="card">
          <h1>Not an operator</h1>
          <p role="alert">The account {name} may not look at this page.</p>
          <button type="button" class="button" onClick={() => session.end()}>
            Sign in as somebody else
          </button>
        </div>
      </main>
    );
  }
  const now = picture ? Date.parse(picture.at) : 0;
  const processes = picture?.processes ?? [];
  const down = processes.filter(({ state }) => state === 'DOWN').length;
  // somebody sends the pictures, so what is silent is the road between
  const isCutOff = down > 0 && down === processes.length;
  return (
    <div class="ops">
      <header>
        <h1>ChatterBox operations</h1>
        <p role="status">
          {link === 'open' ? `Live, from ${feed.gateway.value}` : 'Connecting…'}
          {isCutOff && <strong class="bad">, but Redis does not answer</strong>}
          {!isCutOff && down > 0 && <strong class="bad">, {down} down</strong>}
        </p>
        <span class="who">{name}</span>
        <button type="button" class="link" onClick={() => session.end()}>
          Sign out
        </button>
      </header>
      <main>
        {picture && <Figures picture={picture} history={feed.history} />}
        <Processes rows={processes} now={now} />
        <div class="columns">
          <People feed={feed} session={session} now={now} />
          <DeadLetters feed={feed} />
        </div>
      </main>
    </div>
  );
}
