import { doors } from '../net/api';
import type { Session } from '../net/session';
import { Field, Form } from './parts';

/** Address and password, with which a session begins. */
export function SignInForm({ session }: { session: Session }) {
  return (
    <Form
      submit="Sign in"
      onSubmit={async (value) => {
        session.begin(await doors.login(value('email'), value('password')));
        return undefined;
      }}
    >
      <Field label="E-mail" name="email" type="email" autocomplete="email" required autofocus />
      <Field
        label="Password"
        name="password"
        type="password"
        autocomplete="current-password"
        required
      />
    </Form>
  );
}
