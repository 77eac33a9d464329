import type { Attachment } from '@chatterbox/events';
import { useSignal } from '@preact/signals';
import { useCallback, useEffect, useRef } from 'preact/hooks';
import { messageOf } from '../net/failure';
import { useChat } from './context';

/** A file that is being sent up, or that waits for its message. */
export interface Upload {
  readonly id: number;
  readonly name: string;
  readonly size: number;
  readonly preview: string | undefined;
  readonly progress: number;
  readonly done: Attachment | undefined;
  readonly error: string | undefined;
}

const MOST = 10;
const LARGEST = 10 * 1024 * 1024;

let last = 0;

/** The files of the message that is being written. */
export function useUploads() {
  const { api, notices } = useChat();
  const all = useSignal<readonly Upload[]>([]);
  const stops = useRef(new Map<number, AbortController>());

  const put = useCallback(
    (id: number, change: Partial<Upload>) => {
      all.value = all.peek().map((one) => (one.id === id ? { ...one, ...change } : one));
    },
    [all],
  );

  const remove = useCallback(
    (id: number) => {
      stops.current.get(id)?.abort();
      stops.current.delete(id);
      const gone = all.peek().find((one) => one.id === id);
      if (gone?.preview) {
        URL.revokeObjectURL(gone.preview);
      }
      all.value = all.peek().filter((one) => one.id !== id);
    },
    [all],
  );

  const add = useCallback(
    (files: Iterable<File>) => {
      for (const file of files) {
        if (all.peek().length >= MOST) {
          notices.say(`A message takes ${MOST} files at most.`);
          return;
        }
        if (file.size > LARGEST) {
          notices.say(`${file.name} is larger than 10 MB.`);
          continue;
        }
        const id = ++last;
        const stop = new AbortController();
        stops.current.set(id, stop);
        const preview = file.type.startsWith('image/') ? URL.createObjectURL(file) : undefined;
        const { name, size } = file;
        all.value = [
          ...all.peek(),
          { id, name, size, preview, progress: 0, done: undefined, error: undefined },
        ];
        api
          .upload(file, (progress) => put(id, { progress }), stop.signal)
          .then((done) => put(id, { done, progress: 1 }))
          .catch((error: unknown) => put(id, { error: messageOf(error) }));
      }
    },
    [all, api, notices, put],
  );

  const clear = useCallback(() => {
    all.peek().forEach(({ id }) => remove(id));
  }, [all, remove]);

  useEffect(() => clear, [clear]);
  return { all, add, remove, clear };
}

export type Uploads = ReturnType<typeof useUploads>;
