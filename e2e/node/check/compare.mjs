// Holds what was acknowledged and heard against what is stored.
import { original, seen } from './ledger.mjs';

function groupBy(list, keyOf) {
  const groups = new Map();
  for (const each of list) {
    const key = keyOf(each);
    groups.set(key, [...(groups.get(key) ?? []), each]);
  }
  return groups;
}

/** Every acknowledged message is stored once, at its place, as it was last changed. */
export function compare(place, stored, violations) {
  stored.forEach((message, index) => {
    if (message.seq !== index + 1) {
      violations.add('stored with a hole', `${place.name}: place ${index + 1} holds seq ${message.seq}`);
    }
  });
  const byId = new Map(stored.map((message) => [message._id, message]));
  const deletable = new Set(place.sent.map((sent) => sent._id));
  const byContent = groupBy(
    stored.filter((message) => !message.deletedAt || !deletable.has(message._id)),
    (message) => original(message.content),
  );
  for (const [content, all] of byContent) {
    if (all.length > 1) {
      violations.add('stored twice', `${place.name}: '${content}' as ${all.map((m) => m.seq)}`);
    }
    if (!place.sentAs(content)) {
      violations.add('stored and never sent', `${place.name}: '${content}' as ${all.map((m) => m.seq)}`);
    }
  }
  for (const sent of place.sent) {
    const message = sent.acknowledged ? byId.get(sent._id) : byContent.get(sent.content)?.[0];
    sent.storedSeq = message?.seq;
    if (sent.acknowledged && !message) {
      violations.add('acknowledged and lost', `${place.name}: '${sent.content}'`);
    }
    if (sent.refused && message) {
      violations.add('refused and stored', `${place.name}: '${sent.content}'`);
    }
    if (message) {
      compareOne(place, sent, message, violations);
    }
  }
  order(place, violations);
}

function compareOne(place, sent, message, violations) {
  const where = `${place.name}: '${sent.content}' at ${message.seq}`;
  for (const answer of sent.answers) {
    if (answer._id !== message._id || answer.seq !== message.seq) {
      violations.add('answered otherwise than stored', `${where} and ${answer.seq}`);
    }
  }
  if (place.isRoom) {
    return;
  }
  const { content, deleted, reactions } = seen(message);
  if (!sent.may.get('deleted').has(deleted)) {
    violations.add('not as last acknowledged', `${where} is ${deleted ? '' : 'not '}deleted`);
  }
  if (!deleted && !sent.may.get('content').has(content)) {
    violations.add('not as last acknowledged', `${where} is '${content}' and not ${[...sent.may.get('content')]}`);
  }
  if (deleted && (content !== '' || reactions.size > 0)) {
    violations.add('deleted and still there', where);
  }
  for (const [aspect, values] of sent.may) {
    if (aspect.includes(' ') && !deleted && !values.has(reactions.has(aspect))) {
      violations.add('not as last acknowledged', `${where}: ${aspect} is ${reactions.has(aspect)}`);
    }
  }
  for (const pair of reactions) {
    if (!sent.may.has(pair)) {
      violations.add('a reaction of nobody', `${where}: ${pair}`);
    }
  }
}

/** On one connection, what was sent first stands first, unless it had to be sent again. */
function order(place, violations) {
  const byConnection = groupBy(place.sent, (sent) => sent.connection);
  for (const all of byConnection.values()) {
    let highest = 0;
    for (const sent of all) {
      if (sent.storedSeq === undefined || sent.attempts > 1) {
        continue;
      }
      if (sent.storedSeq < highest) {
        violations.add('reordered', `${place.name}: '${sent.content}' is ${sent.storedSeq}, after ${highest}`);
      }
      highest = Math.max(highest, sent.storedSeq);
    }
  }
}

/** Messages that a device takes for something else than they are. */
export function misheard(hearing, stored) {
  if (!hearing.joined || hearing.place.isRoom) {
    return [];
  }
  const byId = new Map(stored.map((message) => [message._id, seen(message)]));
  const text = (message) => message && JSON.stringify([message.content, message.deleted, [...message.reactions].sort()]);
  return [...hearing.known]
    .filter(([id, known]) => text(known) !== text(byId.get(id)))
    .map(([id, known]) => `${id}: ${text(known)} and not ${text(byId.get(id))}; was told: ${hearing.told.get(id)}`);
}

/** How many messages are unread for somebody whose pointer stands there. */
export function unread(stored, person, pointer) {
  return stored.filter((message) => message.seq > pointer && message.sender._id !== person._id && !message.deletedAt).length;
}
