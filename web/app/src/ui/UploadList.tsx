import { sizeOf } from '../core/words';
import { Icon } from './icons';
import { IconButton } from './parts';
import type { Uploads } from './uploads';

/** The files that will go with the message, and how far they are. */
export function UploadList({ uploads }: { uploads: Uploads }) {
  if (uploads.all.value.length === 0) {
    return null;
  }
  return (
    <ul class="uploads" aria-label="Files to send">
      {uploads.all.value.map(({ id, name, size, preview, progress, done, error }) => (
        <li key={id} class={error ? 'bad' : ''}>
          {preview ? <img src={preview} alt="" /> : <Icon name="file" />}
          <span>
            <strong>{name}</strong>
            <small role={error ? 'alert' : undefined}>{error ?? sizeOf(size)}</small>
            {!done && !error && (
              <progress value={progress} max={1} aria-label={`Sending ${name}`} />
            )}
          </span>
          <IconButton icon="close" label={`Remove ${name}`} onClick={() => uploads.remove(id)} />
        </li>
      ))}
    </ul>
  );
}
