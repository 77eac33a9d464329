import { useCallback, useEffect, useState } from 'preact/hooks';
import { messageOf } from '../net/failure';
import type { Feed } from './feed';
import type { Letter, Letters } from './frames';
import { count } from './words';

const REFRESH_MS = 5_000;

/** Commands that were given up: what they are, not what they say. */
export function DeadLetters({ feed }: { feed: Feed }) {
  const [found, setFound] = useState<Letters>({ letters: [], total: 0 });
  const [note, setNote] = useState('');
  const read = useCallback(async () => {
    try {
      setFound(await feed.ask<Letters>('letters'));
    } catch {
      // the next time
    }
  }, [feed]);
  const { value: link } = feed.link;
  useEffect(() => {
    if (link !== 'open') {
      return undefined;
    }
    void read();
    const timer = setInterval(() => void read(), REFRESH_MS);
    return () => clearInterval(timer);
  }, [link, read]);

  const act = async (letter: Letter, action: 'again' | 'drop', done: string) => {
    const { service, partition, id } = letter;
    try {
      await feed.ask(action, { service, partition, letter: id });
      setNote(`${letter.event} was ${done}.`);
    } catch (error) {
      setNote(messageOf(error));
    }
    await read();
  };

  return (
    <section aria-labelledby="letters" class="panel">
      <h2 id="letters">
        Dead letters <span class="badge">{count(found.total)}</span>
      </h2>
      <p role="status" class="fine">
        {note}
      </p>
      {found.letters.length === 0 ? (
        <p class="quiet">No command was given up.</p>
      ) : (
        <ul class="letters">
          {found.letters.map((letter) => (
            <li
              key={`${letter.service} ${letter.partition} ${letter.id}`}
              data-letter={letter.commandId}
            >
              <div>
                <strong>{letter.event}</strong> of {letter.username || letter.userId}
                <small>
                  {letter.service}, {letter.key}, {letter.tries} tries,{' '}
                  <time dateTime={letter.at}>{new Date(letter.at).toLocaleString()}</time>,{' '}
                  {letter.bytes} bytes, id {letter.commandId}
                </small>
                <small class="problem">{letter.reason || 'no reason was kept'}</small>
              </div>
              <div class="acts">
                <button
                  type="button"
                  class="button"
                  aria-label={`Send ${letter.event} again`}
                  onClick={() => void act(letter, 'again', 'sent again')}
                >
                  Send again
                </button>
                <button
                  type="button"
                  class="button danger"
                  aria-label={`Drop ${letter.event}`}
                  onClick={() => void act(letter, 'drop', 'dropped')}
                >
                  Drop
                </button>
              </div>
            </li>
          ))}
        </ul>
      )}
      {found.total > found.letters.length && (
        <p class="quiet">
          The newest {count(found.letters.length)} of {count(found.total)}.
        </p>
      )}
    </section>
  );
}
