import type { Picture } from './frames';
import type { History } from './history';
import type { Line } from './Plot';
import { Plot } from './Plot';
import { bytes, count, millis } from './words';

const RATES: Line[] = [
  { name: 'events', label: 'events' },
  { name: 'deliveries', label: 'deliveries' },
];
const ACKS: Line[] = [
  { name: 'ackP50', label: 'p50' },
  { name: 'ackP99', label: 'p99' },
];
const BACKLOG: Line[] = [{ name: 'backlog', label: 'entries' }];
const OUTBOUND: Line[] = [{ name: 'outboundBytes', label: 'waiting' }];
const TROUBLE: Line[] = [
  { name: 'slowConsumers', label: 'slow consumers closed' },
  { name: 'gapsRepaired', label: 'gaps repaired' },
];

/** The plots. */
export function Figures({ picture, history }: { picture: Picture; history: History }) {
  const gateways = picture.processes.filter(({ service }) => service === 'gateway');
  const connections = gateways.map(({ name }) => ({ name: `connections ${name}`, label: name }));
  const common = { history, at: picture.at };
  return (
    <section aria-labelledby="figures" class="figures">
      <h2 id="figures" class="hidden">
        Figures
      </h2>
      <Plot title="Connections by gateway" lines={connections} say={count} {...common} />
      <Plot title="Events and deliveries a second" lines={RATES} say={count} {...common} />
      <Plot title="From emit to acknowledgement" lines={ACKS} say={millis} {...common} />
      <Plot title="Stream backlog" lines={BACKLOG} say={count} {...common} />
      <Plot title="Outbound bytes" lines={OUTBOUND} say={bytes} {...common} />
      <Plot title="Trouble a second" lines={TROUBLE} say={count} {...common} />
    </section>
  );
}
