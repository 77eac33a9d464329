import { useSignal } from '@preact/signals';
import { useEffect, useRef, useState } from 'preact/hooks';
import { agoOf, deviceOf } from '../core/words';
import type { Device } from '../net/api';
import { messageOf } from '../net/failure';
import { useChat } from './context';
import { Avatar, Dialog, Field, Form, Spinner } from './parts';
import type { Theme } from './theme';
import { setTheme, theme } from './theme';

const PAGES = ['Profile', 'Devices', 'Password', 'Appearance', 'Account'] as const;

/** Everything about oneself. */
export function Settings({ onClose }: { onClose: () => void }) {
  const [page, setPage] = useState<(typeof PAGES)[number]>('Profile');
  const chat = useChat();
  return (
    <Dialog title="Settings" onClose={onClose} wide>
      <div class="settings">
        <nav aria-label="Settings">
          {PAGES.map((one) => (
            <button
              key={one}
              type="button"
              aria-current={one === page ? 'page' : undefined}
              onClick={() => setPage(one)}
            >
              {one}
            </button>
          ))}
          <button type="button" class="danger" onClick={() => void chat.signOut()}>
            Sign out
          </button>
        </nav>
        <section aria-label={page}>
          {page === 'Profile' && <ProfilePage />}
          {page === 'Devices' && <DevicesPage />}
          {page === 'Password' && <PasswordPage />}
          {page === 'Appearance' && <AppearancePage />}
          {page === 'Account' && <AccountPage />}
        </section>
      </div>
    </Dialog>
  );
}

function ProfilePage() {
  const chat = useChat();
  const { value: profile } = chat.profile;
  const picker = useRef<HTMLInputElement>(null);
  const progress = useSignal<number | undefined>(undefined);
  if (!profile) {
    return <Spinner label="Loading the profile" />;
  }
  const picture = async (file: File | undefined) => {
    if (!file) {
      return;
    }
    progress.value = 0;
    try {
      const stop = new AbortController();
      const { _id } = await chat.api.upload(file, (part) => (progress.value = part), stop.signal);
      chat.profile.value = await chat.api.changeMe({ avatar: _id });
    } catch (error) {
      chat.notices.say(messageOf(error));
    }
    progress.value = undefined;
  };
  const status = async (wanted: 'online' | 'away' | 'busy') => {
    try {
      const { status: now } = await chat.connection.ask('update-status', { status: wanted });
      chat.profile.value = { ...profile, status: now };
    } catch (error) {
      chat.notices.say(messageOf(error));
    }
  };
  return (
    <>
      <div class="person row">
        <Avatar id={profile._id} name={profile.username} url={profile.avatar} size="large" />
        <div>
          <button type="button" class="link" onClick={() => picker.current?.click()}>
            Change the picture
          </button>
          {profile.avatar && (
            <button
              type="button"
              class="link"
              onClick={() =>
                void chat.api
                  .changeMe({ avatar: null })
                  .then((now) => (chat.profile.value = now))
                  .catch((error: unknown) => chat.notices.say(messageOf(error)))
              }
            >
              Remove it
            </button>
          )}
          {progress.value !== undefined && (
            <progress value={progress.value} max={1} aria-label="Sending the picture" />
          )}
          <input
            ref={picker}
            type="file"
            accept="image/png,image/jpeg,image/gif,image/webp"
            hidden
            aria-label="Picture"
            onChange={(event) => void picture(event.currentTarget.files?.[0])}
          />
        </div>
      </div>
      <label class="field">
        <span>Status</span>
        <select
          value={profile.status === 'busy' || profile.status === 'away' ? profile.status : 'online'}
          onChange={(event) => void status(event.currentTarget.value as 'online' | 'away' | 'busy')}
        >
          <option value="online">Online</option>
          <option value="away">Away</option>
          <option value="busy">Busy</option>
        </select>
      </label>
      <Form
        submit="Save"
        onSubmit={async (value) => {
          const now = await chat.api.changeMe({ username: value('username') });
          chat.profile.value = now;
          chat.session.renamed(now.username);
          return 'Saved.';
        }}
      >
        <Field
          label="Name"
          name="username"
          initial={profile.username}
          minLength={3}
          maxLength={30}
          required
          autocomplete="username"
          pattern="[A-Za-z0-9_.\-]{3,30}"
          hint="Letters, digits, dots, - and _"
        />
      </Form>
      <p class="quiet">{profile.email}</p>
    </>
  );
}

function DevicesPage() {
  const chat = useChat();
  const [devices, setDevices] = useState<readonly Device[]>();
  const [problem, setProblem] = useState('');
  useEffect(() => {
    chat.api
      .devices()
      .then(setDevices)
      .catch((error: unknown) => setProblem(messageOf(error)));
  }, [chat]);
  const end = async (device: Device) => {
    try {
      await chat.api.endDevice(device._id);
      setDevices((all) => all?.filter(({ _id }) => _id !== device._id));
    } catch (error) {
      setProblem(messageOf(error));
    }
  };
  return (
    <>
      <h3>Where you are signed in</h3>
      {problem && (
        <p class="problem" role="alert">
          {problem}
        </p>
      )}
      {!devices && !problem && <Spinner label="Loading devices" />}
      <ul class="devices">
        {devices?.map((device) => (
          <li key={device._id}>
            <span>
              <strong>{deviceOf(device.userAgent)}</strong>
              <small>
                {device.ip},{' '}
                {device.current ? 'this device' : `last used ${agoOf(device.lastUsed)}`}
              </small>
            </span>
            {!device.current && (
              <button type="button" class="button danger" onClick={() => void end(device)}>
                Sign out
              </button>
            )}
          </li>
        ))}
      </ul>
    </>
  );
}

function PasswordPage() {
  const chat = useChat();
  return (
    <Form
      submit="Change the password"
      onSubmit={async (value) => {
        chat.session.replace(await chat.api.changePassword(value('current'), value('new')));
        return 'Changed. All other devices were signed out.';
      }}
    >
      <Field
        label="Current password"
        name="current"
        type="password"
        autocomplete="current-password"
        required
      />
      <Field
        label="New password"
        name="new"
        type="password"
        autocomplete="new-password"
        minLength={8}
        maxLength={128}
        required
        hint="At least 8 characters"
      />
    </Form>
  );
}

function AppearancePage() {
  const choices: [Theme, string][] = [
    ['system', 'As the system'],
    ['light', 'Light'],
    ['dark', 'Dark'],
  ];
  return (
    <fieldset class="choices">
      <legend>Colours</legend>
      {choices.map(([value, label]) => (
        <label key={value} class="check">
          <input
            type="radio"
            name="theme"
            checked={theme.value === value}
            onChange={() => setTheme(value)}
          />
          {label}
        </label>
      ))}
    </fieldset>
  );
}

function AccountPage() {
  const chat = useChat();
  return (
    <>
      <h3>Delete the account</h3>
      <p class="quiet">You leave all groups, and your name is free again. This cannot be undone.</p>
      <Form
        submit="Delete my account"
        danger
        onSubmit={async (value) => {
          await chat.api.deleteMe(value('password'));
          chat.session.end('Your account was deleted.');
          return undefined;
        }}
      >
        <Field
          label="Password"
          name="password"
          type="password"
          autocomplete="current-password"
          required
        />
      </Form>
    </>
  );
}
