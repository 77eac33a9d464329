// Clocks that jump, where processes are told by chatterbox.clock.offsets to look for that.
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pause } from '../support.mjs';

const SERVICES = ['gateway', 'chat', 'presence', 'ai', 'auth'];

/** Lets the clocks of these processes jump, and jump back after a while. */
async function clocksAreOff(processes, rows, offset, ms) {
  const folder = join(processes.data, 'clocks');
  await mkdir(folder, { recursive: true });
  const files = rows.map(({ service, replica }) => join(folder, `${service}-${replica}`));
  await Promise.all(files.map((file) => writeFile(file, offset)));
  await pause(ms);
  await Promise.all(files.map((file) => rm(file)));
}

/** @param offset as PT1H or -PT1H */
export async function allClocksAreOff(processes, offset, ms) {
  await clocksAreOff(processes, SERVICES.flatMap((service) => processes.all(service)), offset, ms);
  return 'all';
}

/** The last replica of every service: its clock differs from those of the others. */
export async function someClocksAreOff(processes, offset, ms) {
  await clocksAreOff(processes, SERVICES.map((service) => processes.all(service).at(-1)), offset, ms);
  return 'the last of each';
}
