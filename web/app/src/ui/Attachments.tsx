import type { Attachment } from '@chatterbox/events';
import { useState } from 'preact/hooks';
import { sizeOf } from '../core/words';
import { useChat } from './context';
import { Icon } from './icons';

/** Files of a message: pictures are shown, all else is named. */
export function Attachments({ files }: { files: readonly Attachment[] }) {
  return (
    <ul class="attachments" aria-label="Attachments">
      {files.map((file) => (
        <li key={file._id}>
          <One file={file} />
        </li>
      ))}
    </ul>
  );
}

function One({ file }: { file: Attachment }) {
  const { api } = useChat();
  const [fresh, setFresh] = useState<Attachment>();
  const [isBroken, setBroken] = useState(false);
  const { url, thumbnailUrl } = fresh ?? file;
  if (file.deleted || !url) {
    return <span class="file gone">{file.originalName} was deleted</span>;
  }
  // an address is good for an hour; a page may be open for longer
  const again = () => {
    if (fresh) {
      setBroken(true);
    } else {
      void api
        .file(file._id)
        .then(setFresh)
        .catch(() => setBroken(true));
    }
  };
  if (file.mimetype.startsWith('image/') && !isBroken) {
    return (
      <a class="picture" href={url} target="_blank" rel="noopener noreferrer">
        <img src={thumbnailUrl ?? url} alt={file.originalName} onError={again} />
      </a>
    );
  }
  if (file.mimetype.startsWith('video/') && !isBroken) {
    // without a text track: nobody has written one
    return (
      <video src={url} controls preload="metadata" aria-label={file.originalName} onError={again} />
    );
  }
  return (
    <a
      class="file"
      href={url}
      target="_blank"
      rel="noopener noreferrer"
      download={file.originalName}
    >
      <Icon name="file" />
      <span>
        <strong>{file.originalName}</strong>
        <small>{sizeOf(file.size)}</small>
      </span>
    </a>
  );
}
