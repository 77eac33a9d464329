// What a measurement was made on, as JSON: hardware and versions, no names of hosts and no paths.
// Argument: the folder of the JDK.
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import os from 'node:os';

const read = (path) => readFileSync(new URL(path, import.meta.url), 'utf8');
const property = (name, pom = read('../pom.xml')) => pom.match(new RegExp(`<${name}>(.*?)</${name}>`))?.[1] ?? 'unknown';

/** The version that a program on the PATH tells, or nothing. */
function program(name, pattern) {
  try {
    return execFileSync(name, ['--version'], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).match(pattern)?.[1];
  } catch {
    return undefined;
  }
}

function vertx() {
  const list = new URL('target/classpath.txt', import.meta.url);
  return (existsSync(list) && readFileSync(list, 'utf8').match(/vertx-core-([\d.]+)\.jar/)?.[1]) || 'unknown';
}

const jdk = readFileSync(`${process.argv[2]}/release`, 'utf8').match(/JAVA_VERSION="(.*?)"/)?.[1] ?? 'unknown';
const { dependencies } = JSON.parse(read('peers/node/package.json'));
const redis = program('redis-server', /v=([\d.]+)/);
const mongod = program('mongod', /v([\d.]+)/);

console.log(
  JSON.stringify({
    processor: os.cpus()[0]?.model ?? 'unknown',
    cores: os.availableParallelism(),
    memory: `${(os.totalmem() / 2 ** 30).toFixed(1)} GiB`,
    kernel: `${os.type()} ${os.release().split('-')[0]}`,
    JDK: jdk,
    Node: process.version.slice(1),
    'Vert.x': vertx(),
    Quarkus: property('quarkus.version'),
    'socket.io (Node)': dependencies['socket.io'],
    'ws (Node)': dependencies.ws,
    'netty-socketio': property('netty-socketio.version', read('pom.xml')),
    Redis: redis ?? 'embedded 6.2',
    MongoDB: mongod ?? `embedded mongo-java-server ${property('mongo-java-server.version')}`,
    // told beside each bench: it says how quiet the machine was
    'load average before': os.loadavg()[0].toFixed(1),
  }),
);
