import type { Row, State } from './frames';
import { ago, bytes, count } from './words';

const WORDS: Record<State, string> = {
  ASKED: 'asked',
  UP: 'up',
  NOT_READY: 'not ready',
  DOWN: 'down',
};

/** How each process is. */
export function Processes({ rows, now }: { rows: readonly Row[]; now: number }) {
  return (
    <section aria-labelledby="processes" class="panel">
      <h2 id="processes">Processes</h2>
      <div class="wide" role="region" aria-labelledby="processes" tabIndex={0}>
        <table>
          <thead>
            <tr>
              <th scope="col">Process</th>
              <th scope="col">State</th>
              <th scope="col">Up for</th>
              <th scope="col">Version</th>
              <th scope="col">Connections</th>
              <th scope="col">Backlog</th>
              <th scope="col">Heap</th>
              <th scope="col">CPU</th>
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <Process key={`${row.service}/${row.name}`} row={row} now={now} />
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}

function Process({ row, now }: { row: Row; now: number }) {
  const isDown = row.state === 'DOWN';
  return (
    <tr data-process={row.name}>
      <th scope="row">{row.name}</th>
      <td>
        <span class={`state ${row.state.toLowerCase()}`}>{WORDS[row.state]}</span>
        {isDown && <small> silent for {Math.round(row.silentMillis / 1000)} s</small>}
        {!isDown && row.failing.length > 0 && <small> {row.failing.join(', ')}</small>}
      </td>
      <td>{isDown || row.startedAt === undefined ? '–' : ago(row.startedAt, now)}</td>
      <td>{row.version ?? '–'}</td>
      <td>{row.service === 'gateway' && !isDown ? count(row.connections) : '–'}</td>
      <td>{isDown ? '–' : count(row.backlog)}</td>
      <td>{isDown ? '–' : bytes(row.heapBytes)}</td>
      <td>{isDown ? '–' : `${Math.round(row.cpu * 100)} %`}</td>
    </tr>
  );
}
