// A meeting in the grid.

import {el, icon, setAttribute, setClass, setHidden, setText} from './dom.js';
import {firstPeople, isMatch} from './select.js';
import {clock, duration, isWaiting, nameOf, runtime, stateOf} from './text.js';

const BADGES = [
  ['recording', 'record', 'Recording', meeting => meeting.recording || meeting.endpointRecording],
  ['streaming', 'stream', 'Streaming', meeting => meeting.streaming],
  ['locked', 'lock', 'Locked', meeting => meeting.locked],
];

/** The badges of a meeting, and a function that shows those that apply. */
export function badges(list) {
  const items = BADGES.map(([name, picture, text, applies]) => {
    const item = el('li', {class: `badge ${name}`, title: text}, icon(picture), el('span', {class: 'badge-text'}, text));
    list.append(item);
    return {item, applies};
  });
  return meeting => {
    items.forEach(({item, applies}) => setHidden(item, !applies(meeting)));
    setClass(list, 'several', items.filter(({applies}) => applies(meeting)).length > 1);
  };
}

const SIGNS = [
  ['speaking', 'speaking', 'speaking', person => person.speaking],
  ['presenting', 'presenting', 'presenting', person => person.presenting],
  ['recording', 'record', 'recording', person => person.recording],
  ['muted', 'mic-off', 'microphone muted', person => person.audioMuted],
  ['no-video', 'camera-off', 'camera muted', person => person.videoMuted],
];

/** What a person does, as icons with a text for screen readers, and a function that shows those that apply. */
export function signs() {
  const state = el('span', {class: 'state'});
  const items = SIGNS.map(([name, picture, text, applies]) => ({
    item: el('span', {class: `sign ${name}`, title: text}, icon(picture), el('span', {class: 'sign-text'}, text)),
    applies,
  }));
  const element = el('span', {class: 'signs'}, state, ...items.map(({item}) => item));
  return {
    element,
    show(person, now) {
      const text = stateOf(person);
      const minutes = now - person.since >= 60_000 ? ` ${duration(now - person.since)}` : '';
      setText(state, text && text + minutes);
      setHidden(state, !text);
      items.forEach(({item, applies}) => setHidden(item, !applies(person)));
    },
  };
}

class Row {
  #name = el('span', {class: 'person-name'});
  #signs = signs();
  element = el('li', {class: 'person'}, this.#name, this.#signs.element);

  show(person, wanted, now) {
    setHidden(this.element, false);
    setText(this.#name, nameOf(person));
    setClass(this.element, 'speaking', person.speaking);
    setClass(this.element, 'waiting', isWaiting(person));
    setClass(this.element, 'away', person.state !== 'connected');
    setClass(this.element, 'match', isMatch(person, wanted));
    this.#signs.show(person, now);
  }
}

export class Card {
  #name = el('button', {class: 'name', type: 'button', 'aria-haspopup': 'dialog'});
  #badges = el('ul', {class: 'badges', role: 'list'});
  #showBadges = badges(this.#badges);
  #runtime = el('span', {});
  #size = el('span', {});
  #people = el('ul', {class: 'people', role: 'list', 'aria-label': 'People'});
  #rows = [];
  #more = el('span', {class: 'more'});
  #bridges = el('span', {});
  element = el('li', {class: 'card'},
    el('h2', {}, this.#name),
    el('div', {class: 'facts'},
      el('span', {class: 'fact'}, icon('clock'), this.#runtime),
      el('span', {class: 'fact'}, icon('people'), this.#size, el('span', {class: 'hidden'}, ' people')),
      this.#badges),
    this.#people,
    el('p', {class: 'rest'}, this.#more, el('span', {class: 'at'}, el('span', {class: 'hidden'}, 'on '), this.#bridges)));

  #id;

  constructor(open) {
    this.#name.addEventListener('click', () => open(this.#id));
  }

  /**
   * Shows this meeting from now on.
   *
   * @param look {rows, wanted, now, bridges}: rows for people, words of the search, the time, and by name each Call Bridge's
   *     short name and whether it is connected
   */
  show(entry, look) {
    const {meeting} = entry;
    this.#id = meeting.id;
    setText(this.#name, meeting.name || 'No name');
    setAttribute(this.#name, 'title', meeting.name);
    this.#showBadges(meeting);
    setText(this.#size, entry.size.toLocaleString('en'));
    const shown = firstPeople(entry.people, look.rows, look.wanted);
    while (this.#rows.length < shown.length) {
      const row = new Row();
      this.#rows.push(row);
      this.#people.append(row.element);
    }
    this.#rows.forEach((row, i) => {
      if (i < shown.length) {
        row.show(shown[i], look.wanted, look.now);
      } else {
        setHidden(row.element, true);
      }
    });
    const rest = entry.size - shown.length;
    setText(this.#more, entry.people.size === 0 && rest > 0 ? 'No list of people yet'
      : rest > 0 ? `and ${rest.toLocaleString('en')} more` : '');
    this.#showBridges(meeting, look.bridges);
    this.#showTime(meeting, look.now);
  }

  #showBridges(meeting, bridges) {
    const names = (meeting.bridges ?? []).map(name => bridges.get(name) ?? {short: name, connected: false});
    setText(this.#bridges, names.map(({short, connected}) => connected ? short : `${short} (lost)`).join(', '));
    setClass(this.element, 'stale', names.length > 0 && names.every(({connected}) => !connected));
  }

  #showTime(meeting, now) {
    setText(this.#runtime, runtime(meeting, now));
    setAttribute(this.#runtime, 'title', meeting.startSeen
      ? `Began at ${clock(meeting.since)}`
      : `Was running when it was first seen at ${clock(meeting.since)}`);
  }

  focus() {
    this.#name.focus({preventScroll: true});
  }
}
