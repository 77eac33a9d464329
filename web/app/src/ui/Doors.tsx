import { useState } from 'preact/hooks';
import type { Session } from '../net/session';
import { doors } from '../net/api';
import { Field, Form } from './parts';
import { SignInForm } from './SignInForm';

type Door = 'in' | 'up' | 'forgot' | 'reset';

/** What is seen by whoever is not signed in. */
export function Doors({ session, token }: { session: Session; token: string | undefined }) {
  const [door, setDoor] = useState<Door>(token === undefined ? 'in' : 'reset');
  const [note, setNote] = useState('');
  const open = (wanted: Door, text = '') => {
    session.farewell.value = '';
    setNote(text);
    setDoor(wanted);
  };
  const { value: farewell } = session.farewell;
  return (
    <main class="doors">
      <div class="card">
        <p class="brand">
          <img src="./icon.svg" alt="" width="40" height="40" /> ChatterBox
        </p>
        {(farewell || note) && (
          <p class="fine" role="status">
            {farewell || note}
          </p>
        )}
        {door === 'in' && <SignIn session={session} open={open} />}
        {door === 'up' && <SignUp session={session} open={open} />}
        {door === 'forgot' && <Forgot open={open} />}
        {door === 'reset' && <Reset token={token ?? ''} open={open} />}
      </div>
    </main>
  );
}

type Open = (door: Door, note?: string) => void;

function SignIn({ session, open }: { session: Session; open: Open }) {
  return (
    <>
      <h1>Sign in</h1>
      <SignInForm session={session} />
      <p class="other">
        <button type="button" class="link" onClick={() => open('forgot')}>
          Forgot the password?
        </button>
        <button type="button" class="link" onClick={() => open('up')}>
          Create an account
        </button>
      </p>
    </>
  );
}

function SignUp({ session, open }: { session: Session; open: Open }) {
  return (
    <>
      <h1>Create an account</h1>
      <Form
        submit="Create the account"
        onSubmit={async (value) => {
          session.begin(await doors.register(value('username'), value('email'), value('password')));
          return undefined;
        }}
      >
        <Field
          label="Name"
          name="username"
          autocomplete="username"
          required
          minLength={3}
          maxLength={30}
          pattern="[A-Za-z0-9_.\-]{3,30}"
          hint="Letters, digits, dots, - and _"
          autofocus
        />
        <Field
          label="E-mail"
          name="email"
          type="email"
          autocomplete="email"
          maxLength={254}
          required
        />
        <Field
          label="Password"
          name="password"
          type="password"
          autocomplete="new-password"
          minLength={8}
          maxLength={128}
          required
          hint="At least 8 characters"
        />
      </Form>
      <p class="other">
        <button type="button" class="link" onClick={() => open('in')}>
          I have an account
        </button>
      </p>
    </>
  );
}

function Forgot({ open }: { open: Open }) {
  return (
    <>
      <h1>Forgotten password</h1>
      <p class="quiet">You get a letter with a code that is good for half an hour.</p>
      <Form
        submit="Send the letter"
        onSubmit={async (value) => {
          await doors.forgot(value('email'));
          open('reset', 'If there is an account with this address, a letter is on its way.');
          return undefined;
        }}
      >
        <Field label="E-mail" name="email" type="email" autocomplete="email" required autofocus />
      </Form>
      <p class="other">
        <button type="button" class="link" onClick={() => open('in')}>
          Back
        </button>
        <button type="button" class="link" onClick={() => open('reset')}>
          I have a code
        </button>
      </p>
    </>
  );
}

function Reset({ token, open }: { token: string; open: Open }) {
  return (
    <>
      <h1>New password</h1>
      <Form
        submit="Set the password"
        onSubmit={async (value) => {
          await doors.reset(value('token').trim(), value('password'));
          location.hash = '#/';
          open('in', 'The password is set. Sign in with it.');
          return undefined;
        }}
      >
        <Field
          label="Code from the letter"
          name="token"
          initial={token}
          autocomplete="one-time-code"
          required
          autofocus={token === ''}
        />
        <Field
          label="New password"
          name="password"
          type="password"
          autocomplete="new-password"
          minLength={8}
          maxLength={128}
          required
          autofocus={token !== ''}
          hint="At least 8 characters"
        />
      </Form>
      <p class="other">
        <button type="button" class="link" onClick={() => open('in')}>
          Back
        </button>
      </p>
    </>
  );
}
