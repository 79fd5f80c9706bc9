// What the messages of the server amount to: meetings, the people in them, Call Bridges.

import {isWaiting} from './text.js';

const NO_PEOPLE = new Map();

export class Store {
  /** By id: {meeting, people, counts, search}; derived parts are made when they are first asked for. */
  #entries = new Map();
  /** Rosters by the id of their meeting, which may not be there yet. */
  #people = new Map();
  bridges = [];
  title = '';
  full = false;
  /** What to add to this machine's clock to have the server's. */
  clockOffset = 0;

  /** @returns the ids of meetings that are new, changed or gone */
  apply(message) {
    const touched = new Set();
    if (message.snapshot) {
      for (const id of this.#entries.keys()) {
        touched.add(id);
      }
      this.#entries.clear();
      this.#people.clear();
      this.title = message.title;
    }
    this.clockOffset = message.time - Date.now();
    this.full = message.full;
    this.bridges = message.bridges ?? this.bridges;
    for (const [meeting, people] of Object.entries(message.people ?? {})) {
      const roster = this.#people.get(meeting) ?? new Map();
      this.#people.set(meeting, roster);
      people.forEach(person => roster.set(person.id, person));
      touched.add(meeting);
    }
    for (const [meeting, ids] of Object.entries(message.left ?? {})) {
      const roster = this.#people.get(meeting) ?? NO_PEOPLE;
      ids.forEach(id => roster.delete(id));
      if (roster.size === 0) {
        this.#people.delete(meeting);
      }
      touched.add(meeting);
    }
    for (const meeting of message.meetings ?? []) {
      this.#entries.set(meeting.id, new Entry(meeting));
      touched.add(meeting.id);
    }
    for (const id of message.ended ?? []) {
      this.#entries.delete(id);
      touched.add(id);
    }
    for (const id of touched) {
      this.#entries.get(id)?.setPeople(this.#people.get(id) ?? NO_PEOPLE);
    }
    return touched;
  }

  get(id) {
    return this.#entries.get(id);
  }

  entries() {
    return this.#entries.values();
  }

  now() {
    return Date.now() + this.clockOffset;
  }
}

class Entry {
  #search;
  #facts;

  constructor(meeting) {
    this.meeting = meeting;
    this.people = NO_PEOPLE;
  }

  setPeople(people) {
    this.people = people;
    this.#search = undefined;
    this.#facts = undefined;
  }

  /** Lower-case text of everything that a search looks at. */
  get search() {
    if (this.#search === undefined) {
      const words = [this.meeting.name];
      this.people.forEach(person => words.push(person.name, person.uri));
      this.#search = words.join('\n').toLowerCase();
    }
    return this.#search;
  }

  /** Which filters the meeting meets. */
  get facts() {
    if (this.#facts === undefined) {
      const facts = new Set();
      const {recording, endpointRecording, streaming, locked} = this.meeting;
      if (recording || endpointRecording) facts.add('recording');
      if (streaming) facts.add('streaming');
      if (locked) facts.add('locked');
      for (const person of this.people.values()) {
        if (person.presenting) facts.add('presenting');
        if (isWaiting(person)) facts.add('waiting');
      }
      this.#facts = facts;
    }
    return this.#facts;
  }

  /** What the servers count, or the roster where it is ahead of them. */
  get size() {
    return Math.max(this.meeting.participants, this.people.size);
  }
}
