// Which meetings to show, in which order, and which people first. A name or address that is empty is missing in what the server sends.

import {nameOf} from './text.js';

const collator = new Intl.Collator(undefined, {numeric: true, sensitivity: 'base'});

const byName = (a, b) => collator.compare(a.meeting.name ?? '', b.meeting.name ?? '') || (a.meeting.id < b.meeting.id ? -1 : 1);

const ORDERS = {
  name: byName,
  people: (a, b) => b.size - a.size || byName(a, b),
  newest: (a, b) => b.meeting.since - a.meeting.since || byName(a, b),
  longest: (a, b) => a.meeting.since - b.meeting.since || byName(a, b),
};

export const FILTERS = {
  recording: 'Recording',
  streaming: 'Streaming',
  locked: 'Locked',
  presenting: 'Presenting',
  waiting: 'Waiting',
};

/** The words of a search; a meeting or person has to contain all of them. */
export function words(query) {
  return query.toLowerCase().split(/\s+/).filter(Boolean);
}

/**
 * @param query {search, only, sort}
 * @param before the result of the last time: an order that hardly changed is sorted faster
 */
export function select(store, query, before) {
  const wanted = words(query.search);
  const fits = entry => [...query.only].every(filter => entry.facts.has(filter))
      && wanted.every(word => entry.search.includes(word));
  const selected = [];
  const seen = new Set();
  for (const old of before) {
    const entry = store.get(old.meeting.id);
    if (entry && fits(entry)) {
      selected.push(entry);
      seen.add(entry.meeting.id);
    }
  }
  for (const entry of store.entries()) {
    if (!seen.has(entry.meeting.id) && fits(entry)) {
      selected.push(entry);
    }
  }
  return selected.sort(ORDERS[query.sort] ?? byName);
}

/** How many meetings meet each filter, and how many people there are. */
export function count(store) {
  const counts = {meetings: 0, people: 0, recording: 0, streaming: 0, locked: 0, presenting: 0, waiting: 0};
  for (const entry of store.entries()) {
    counts.meetings++;
    counts.people += entry.size;
    entry.facts.forEach(fact => counts[fact]++);
  }
  return counts;
}

/** Whether a search is for this person rather than for the meeting. */
export function isMatch(person, wanted) {
  const text = `${person.name ?? ''}\n${person.uri ?? ''}`.toLowerCase();
  return wanted.length > 0 && wanted.every(word => text.includes(word));
}

const RANKS_OF_STATES = {initial: 3, ringing: 4, connected: 5, onHold: 6};

function rank(person, wanted) {
  if (isMatch(person, wanted)) return 0;
  if (person.speaking) return 1;
  if (person.presenting) return 2;
  return RANKS_OF_STATES[person.state] ?? 5;
}

/**
 * The first people of a meeting. Where all fit, their order depends only on their names, so that rows stay where they are when
 * another person speaks.
 */
export function firstPeople(people, rows, wanted) {
  const ranked = [...people.values()].map(person => ({person, rank: people.size <= rows ? 0 : rank(person, wanted)}));
  ranked.sort((a, b) => a.rank - b.rank || byPersonName(a.person, b.person));
  return ranked.slice(0, rows).map(({person}) => person);
}

export function byPersonName(a, b) {
  return collator.compare(nameOf(a), nameOf(b)) || (a.id < b.id ? -1 : 1);
}
