import { useEffect, useMemo, useState } from 'preact/hooks';
import { memo } from 'preact/compat';
import type { Theme } from '../ui/theme';
import { setTheme, theme } from '../ui/theme';
import { Fields, Parameters, Prose } from './Fields';
import type { Entry, Section } from './documents';
import { load, matching, shapeAnchor } from './documents';

/** Everything that client authors read, from the documents of this gateway. */
export function Docs() {
  const [all, setAll] = useState<readonly Section[]>();
  const [problem, setProblem] = useState('');
  const [query, setQuery] = useState('');
  useEffect(() => {
    load().then(setAll, (error: unknown) =>
      setProblem(error instanceof Error ? error.message : 'The documents cannot be read.'),
    );
  }, []);
  useEffect(() => {
    if (all && location.hash) {
      document.getElementById(decodeURIComponent(location.hash.slice(1)))?.scrollIntoView();
    }
  }, [all]);
  const shown = useMemo(() => matching(all ?? [], query), [all, query]);
  const count = shown.reduce((sum, { entries }) => sum + entries.length, 0);
  return (
    <div class="docs">
      <a class="skip" href="#content">
        Skip to the content
      </a>
      <header>
        <h1>ChatterBox for client authors</h1>
        <p>
          <a href="./asyncapi.yaml">asyncapi.yaml</a> · <a href="./openapi.yaml">openapi.yaml</a> ·{' '}
          <a href="./">the web client</a>
        </p>
        <div class="row">
          <input
            class="search-field"
            type="search"
            aria-label="Search"
            placeholder="Search events, calls and fields"
            value={query}
            onInput={(event) => setQuery(event.currentTarget.value)}
          />
          <select
            class="search-field"
            aria-label="Colours"
            value={theme.value}
            onChange={(event) => setTheme(event.currentTarget.value as Theme)}
          >
            <option value="system">As the system</option>
            <option value="light">Light</option>
            <option value="dark">Dark</option>
          </select>
        </div>
        <p role="status" class="quiet">
          {all && query ? `${count} found` : ''}
        </p>
      </header>
      {problem && (
        <p class="problem" role="alert">
          {problem}
        </p>
      )}
      <nav aria-label="Contents">
        {shown.map((section) => (
          <details key={section.anchor} open={query !== ''}>
            <summary>{section.title}</summary>
            <ul>
              {section.entries.map((entry) => (
                <li key={entry.anchor}>
                  <a href={`#${entry.anchor}`}>
                    {entry.badge && <small>{entry.badge} </small>}
                    {entry.name}
                  </a>
                </li>
              ))}
            </ul>
          </details>
        ))}
      </nav>
      <main id="content" tabIndex={-1} aria-busy={!all && !problem}>
        {shown.map((section) => (
          <section key={section.anchor} aria-labelledby={section.anchor}>
            <h2 id={section.anchor}>{section.title}</h2>
            {!query && <Prose text={section.text} />}
            {section.entries.map((entry) => (
              <Article key={entry.anchor} entry={entry} />
            ))}
          </section>
        ))}
      </main>
    </div>
  );
}

const Article = memo(function Article({ entry }: { entry: Entry }) {
  const { anchor, name, badge, text, parameters, parts, shapes } = entry;
  return (
    <article aria-label={badge ? `${badge} ${name}` : name}>
      <h3 id={anchor} tabIndex={-1}>
        {badge && <span class={`verb ${badge.toLowerCase()}`}>{badge}</span>} <code>{name}</code>{' '}
        <a class="anchor" href={`#${anchor}`} aria-label={`Link to ${badge ?? ''} ${name}`}>
          #
        </a>
      </h3>
      {text && <Prose text={text} />}
      {parameters.length > 0 && (
        <>
          <h4>Parameters</h4>
          <Parameters parameters={parameters} caption={`Parameters of ${name}`} />
        </>
      )}
      {parts.map((part) => (
        <div key={part.title}>
          {part.title && (
            <h4>
              {part.title}
              {part.shape && (
                <>
                  : <a href={`#${shapeAnchor(shapes, part.shape)}`}>{part.shape}</a>
                </>
              )}
            </h4>
          )}
          {part.schema && (
            <Fields
              schema={part.schema}
              shapes={shapes}
              caption={`${part.title || 'Fields'} of ${badge ?? ''} ${name}`}
            />
          )}
          {part.text && <Prose text={part.text} />}
          {part.example !== undefined && (
            <pre tabIndex={0} aria-label={`Example: ${part.title} of ${badge ?? ''} ${name}`}>
              <code>{JSON.stringify(part.example, null, 2)}</code>
            </pre>
          )}
        </div>
      ))}
    </article>
  );
});
