// Clocks that jump, where processes are told by chatterbox.clock.offsets to look for that.
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pause } from '../support.mjs';

const SERVICES = ['gateway', 'chat', 'presence', 'ai', 'auth'];

/**
 * Lets the clock of the last replica of every service jump, and jump back after a while: clocks that
 * differ are worse than clocks that are all wrong.
 *
 * @param offset as PT1H or -PT1H
 */
export async function clocksAreOff(processes, offset, ms) {
  const folder = join(processes.data, 'clocks');
  await mkdir(folder, { recursive: true });
  const names = SERVICES.map((service) => processes.all(service).at(-1)).map(({ service, replica }) => `${service}-${replica}`);
  await Promise.all(names.map((name) => writeFile(join(folder, name), offset)));
  await pause(ms);
  await Promise.all(names.map((name) => rm(join(folder, name))));
  return names.join(', ');
}
