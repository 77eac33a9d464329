import type { Status } from '@chatterbox/events';
import type { ComponentChildren } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { hueOf, initialsOf } from '../core/words';
import type { IconName } from './icons';
import { Icon } from './icons';

export function Avatar({
  id,
  name,
  url,
  status,
  size = 'medium',
}: {
  id: string;
  name: string;
  url?: string | null | undefined;
  status?: Status | undefined;
  size?: 'small' | 'medium' | 'large';
}) {
  const [broken, setBroken] = useState('');
  return (
    <span class={`avatar ${size} hue-${hueOf(id)}`}>
      {url && broken !== url ? (
        <img src={url} alt="" onError={() => setBroken(url)} />
      ) : (
        <span aria-hidden="true">{name.startsWith('#') ? '#' : initialsOf(name)}</span>
      )}
      {status && status !== 'offline' && (
        <span class={`dot ${status}`} role="img" aria-label={status} title={status} />
      )}
    </span>
  );
}

export function IconButton({
  icon,
  label,
  onClick,
  isPressed,
  disabled,
  kind = '',
}: {
  icon: IconName;
  label: string;
  onClick: (event: MouseEvent) => void;
  isPressed?: boolean | undefined;
  disabled?: boolean;
  kind?: string;
}) {
  return (
    <button
      type="button"
      class={`icon-button ${kind}`}
      aria-label={label}
      title={label}
      aria-pressed={isPressed}
      disabled={disabled}
      onClick={onClick}
    >
      <Icon name={icon} />
    </button>
  );
}

/** A window above the page; Escape and the cross close it, and the focus goes back. */
export function Dialog({
  title,
  onClose,
  children,
  wide = false,
}: {
  title: string;
  onClose: () => void;
  children: ComponentChildren;
  wide?: boolean;
}) {
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    dialog.current?.showModal();
  }, []);
  return (
    <dialog
      ref={dialog}
      class={wide ? 'wide' : ''}
      aria-label={title}
      onClose={onClose}
      onClick={(event) => event.target === dialog.current && dialog.current?.close()}
    >
      <div class="dialog">
        <header>
          <h2>{title}</h2>
          <IconButton icon="close" label="Close" onClick={() => dialog.current?.close()} />
        </header>
        {children}
      </div>
    </dialog>
  );
}

export function Spinner({ label }: { label: string }) {
  return <span class="spinner" role="status" aria-label={label} />;
}

export function Empty({
  icon,
  title,
  children,
}: {
  icon: IconName;
  title: string;
  children?: ComponentChildren;
}) {
  return (
    <div class="empty">
      <span class="emblem">
        <Icon name={icon} size={28} />
      </span>
      <h2>{title}</h2>
      {children}
    </div>
  );
}

/** What is typed is the page's own: `initial` is only what stands there first. */
export function Field({
  label,
  hint,
  initial = '',
  ...input
}: {
  label: string;
  hint?: string;
  type?: string;
  name: string;
  initial?: string;
  autocomplete?: string;
  minLength?: number;
  maxLength?: number;
  required?: boolean;
  pattern?: string;
  autofocus?: boolean;
  title?: string;
}) {
  return (
    <label class="field">
      <span>{label}</span>
      <input {...input} defaultValue={initial} />
      {hint && <small>{hint}</small>}
    </label>
  );
}

/** A form that tells what went wrong, and cannot be sent twice at once. */
export function Form({
  onSubmit,
  submit,
  children,
  danger = false,
}: {
  onSubmit: (values: (name: string) => string) => Promise<string | undefined>;
  submit: string;
  children: ComponentChildren;
  danger?: boolean;
}) {
  const [state, setState] = useState<{ busy: boolean; message: string; bad: boolean }>({
    busy: false,
    message: '',
    bad: false,
  });
  const send = async (event: SubmitEvent) => {
    event.preventDefault();
    const form = event.currentTarget as HTMLFormElement;
    const data = new FormData(form);
    setState({ busy: true, message: '', bad: false });
    try {
      const message = await onSubmit((name) => {
        const value = data.get(name);
        return typeof value === 'string' ? value : '';
      });
      setState({ busy: false, message: message ?? '', bad: false });
      if (message !== undefined) {
        form.reset();
      }
    } catch (error) {
      setState({ busy: false, message: error instanceof Error ? error.message : '', bad: true });
    }
  };
  return (
    <form class="form" onSubmit={(event) => void send(event)}>
      {children}
      {state.message && (
        <p class={state.bad ? 'problem' : 'fine'} role={state.bad ? 'alert' : 'status'}>
          {state.message}
        </p>
      )}
      <button type="submit" class={danger ? 'button danger' : 'button'} disabled={state.busy}>
        {submit}
      </button>
    </form>
  );
}
