// How things are said.

const MINUTE = 60_000;

/** Such as "12 min", "1 h 05 min", "2 d 3 h". */
export function duration(millis) {
  const minutes = Math.floor(Math.max(0, millis) / MINUTE);
  if (minutes < 1) return 'under 1 min';
  if (minutes < 60) return `${minutes} min`;
  const hours = Math.floor(minutes / 60);
  if (hours < 24) return `${hours} h ${String(minutes % 60).padStart(2, '0')} min`;
  return `${Math.floor(hours / 24)} d ${hours % 24} h`;
}

/** How long a meeting has run: a meeting that ran already when it was first seen has run for longer. */
export function runtime(meeting, now) {
  const millis = now - meeting.since;
  if (millis < MINUTE) return meeting.startSeen ? 'just started' : 'running';
  return meeting.startSeen ? duration(millis) : `over ${duration(millis)}`;
}

const time = new Intl.DateTimeFormat(undefined, {hour: '2-digit', minute: '2-digit'});

export function clock(millis) {
  return time.format(millis);
}

export function plural(count, one, many) {
  return `${count.toLocaleString('en')} ${count === 1 ? one : many}`;
}

const STATES = {ringing: 'ringing', connected: '', onHold: 'on hold'};

/** Whether a person who called the meeting is not let in yet. */
export function isWaiting(person) {
  return person.state === 'initial' && !person.called;
}

/** What keeps a person from taking part; empty for one who does. A state of a newer server stays as it is. */
export function stateOf(person) {
  if (person.state === 'initial') return isWaiting(person) ? 'waiting' : 'being called';
  return STATES[person.state] ?? person.state ?? '';
}

export function nameOf(person) {
  return person.name || person.uri || 'No name';
}

const TYPES = {coSpace: 'Space', adHoc: 'Ad hoc meeting', lyncConferencing: 'Skype for Business meeting', forwarding: 'Forwarded call'};

export function typeOf(meeting) {
  return TYPES[meeting.type] ?? meeting.type ?? '';
}

/** Names of Call Bridges without what all of them share. */
export function shortNames(names) {
  const parts = names.map(name => /^(.*?)(:\d+)?$/.exec(name));
  const hosts = parts.map(part => part[1]);
  const samePort = new Set(parts.map(part => part[2])).size === 1;
  const sameHost = names.length > 1 && new Set(hosts).size === 1;
  const numeric = hosts.some(host => /^[\d.]+$|:/.test(host));
  const domain = numeric || names.length < 2 ? '' : sharedDomain(hosts);
  return new Map(names.map((name, i) => [name, sameHost
    ? parts[i][2] ?? name
    : hosts[i].slice(0, hosts[i].length - domain.length) + (samePort ? '' : parts[i][2] ?? '')]));
}

function sharedDomain(hosts) {
  const labels = hosts.map(host => host.split('.'));
  let shared = 0;
  while (labels.every(each => each.length > shared + 1 && each.at(-1 - shared) === labels[0].at(-1 - shared))) {
    shared++;
  }
  return shared ? '.' + labels[0].slice(-shared).join('.') : '';
}
